import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createProgram } from '../../cli/program.ts';
import { type LocalAws, startLocalAws } from '../../local/main.ts';
import { recordedTerminal } from '../fakes/recorded-terminal.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

const noDeployment = () => Promise.reject(new Error('No deployment is needed.'));

const run = async (parameters: readonly string[], endpoint = aws.endpoint): Promise<string> => {
  const terminal = recordedTerminal();
  const context = {
    terminal,
    configuration: noDeployment,
    openClient: noDeployment,
    fieldClaims: noDeployment,
    account: noDeployment,
    history: noDeployment,
    deadLetters: noDeployment,
    domains: noDeployment,
    setExitCode: () => undefined,
    untilInterrupted: () => Promise.resolve(),
  };
  const command = ['local', ...parameters, '--endpoint', endpoint];
  await createProgram(context, startLocalAws).parseAsync(command, { from: 'user' });
  return terminal.output.join('\n');
};

const callSts = () =>
  new STSClient({ endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials, maxAttempts: 1 }).send(
    new GetCallerIdentityCommand({}),
  );

const fault = JSON.stringify({ at: 'operation', service: 'sts', effect: { kind: 'error', code: 'Unlucky' } });

describe('muster local, of a local AWS that runs', () => {
  test('adds, lists and clears faults', async () => {
    const { id } = JSON.parse(await run(['faults', 'add', fault])) as { readonly id: string };
    await expect(callSts()).rejects.toMatchObject({ name: 'Unlucky' });
    expect(JSON.parse(await run(['faults', 'list']))).toMatchObject({ faults: [{ id, hits: 1 }] });
    expect(await run(['faults', 'clear', id])).toContain(id);
    await callSts();
    await run(['faults', 'add', fault]);
    expect(await run(['faults', 'clear'])).toBe('Cleared all faults.');
    expect(aws.faults.list()).toEqual([]);
  });

  test('makes issuers, registers their clients, rotates their keys, and removes them', async () => {
    const issuer = `${aws.endpoint}/_oauth/fleet`;
    expect(JSON.parse(await run(['issuers', 'create', 'fleet', '--algorithm', 'ES256']))).toMatchObject({ name: 'fleet', issuer });
    expect(JSON.parse(await run(['issuers', 'list']))).toMatchObject({ issuers: [{ issuer }] });
    const client = JSON.parse(await run(['issuers', 'register', 'fleet', '{"audience":"https://fleet.example"}'])) as object;
    expect(client).toEqual({ clientId: expect.any(String) as unknown, clientSecret: expect.any(String) as unknown });
    expect(await run(['issuers', 'rotate', 'fleet', '--keep', '0'])).toMatch(/^The issuer fleet signs with key [\w-]+ now\.$/);
    await expect(run(['issuers', 'register', 'fleet', 'nonsense'])).rejects.toThrow('expected JSON');
    await expect(run(['issuers', 'rotate', 'nobody'])).rejects.toThrow('There is no issuer nobody.');
    await run(['issuers', 'remove', 'fleet']);
    expect(aws.issuers.list()).toEqual([]);
  });

  test('lets time pass', async () => {
    const before = aws.clock.now();
    expect(await run(['clock', 'advance', '7m'])).toMatch(/it is \d{4}-.*Z now/);
    expect(aws.clock.now() - before).toBeGreaterThanOrEqual(420_000);
  });

  test('waits until no function runs', async () => {
    expect(await run(['rest'])).toBe('No function runs in the local AWS.');
  });

  test('prints the last requests, as a table and as JSON', async () => {
    await callSts();
    expect(await run(['requests', '--service', 'sts', '--limit', '1'])).toMatch(/sts:GetCallerIdentity.*200/);
    expect(JSON.parse(await run(['requests', '--failures', '--json']))).toMatchObject({ requests: expect.any(Array) as unknown });
  });

  test('exports and empties it', async () => {
    expect(JSON.parse(await run(['export', '--secrets']))).toMatchObject({ accounts: { '123456789012': { iot: { things: [] } } } });
    expect(await run(['reset'])).toBe('The local AWS is empty.');
    await callSts();
  });

  test.each([
    ['a fault that is no JSON', ['faults', 'add', 'throttle'], 'expected JSON'],
    ['a fault that does not exist', ['faults', 'add', '{"at":"moon"}'], 'Invalid'],
    ['a duration that is none', ['clock', 'advance', 'soon'], 'expected a number and a unit'],
    ['to clear what is not there', ['faults', 'clear', 'none'], 'There is no fault none'],
  ])('refuses %s', async (_name, parameters, says) => {
    await expect(run(parameters)).rejects.toThrow(says);
  });

  test('says that nobody answers, or that somebody else does', async () => {
    await expect(run(['reset'], 'http://127.0.0.1:1')).rejects.toThrow('No local AWS answers at http://127.0.0.1:1/_local/reset');
    const stranger = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    await expect(run(['reset'], `http://127.0.0.1:${port}`)).rejects.toThrow('is no local AWS');
    stranger.close();
  });
});
