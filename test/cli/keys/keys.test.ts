import { generateKeyPairSync } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provePsk } from '../../../approaches/psk/prove.ts';
import { keysIssue } from '../../../domain/operations/keys-issue.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { OperationsClient } from '../../../domain/operations-client.ts';
import { anEnrolledMeter, METER } from '../../approaches/psk/psk-world.ts';
import { aSerial } from '../../builders/identifiers.ts';
import { deviceKeyOf, inMemoryDeviceKeys } from '../../fakes/in-memory-device-keys.ts';
import { inProcessOperations } from '../../fakes/in-process-operations.ts';
import { runMuster } from '../../fakes/muster-command.ts';

const factory = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const another = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicPem = ({ publicKey }: typeof factory) => publicKey.export({ type: 'spki', format: 'pem' });
const privatePem = ({ privateKey }: typeof factory) => privateKey.export({ type: 'pkcs8', format: 'pem' });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-keys-'));
  await writeFile(at('factory.pub'), publicPem(factory));
  await writeFile(at('factory.pem'), privatePem(factory));
  await writeFile(at('another.pub'), publicPem(another));
  await writeFile(at('another.pem'), privatePem(another));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const serials = (count: number): string[] => Array.from({ length: count }, (_, index) => `SN-${index + 1}`);

/** An operations function with so many devices, whose calls are counted. */
const world = async (names: readonly string[]) => {
  const { client, store, audit } = inProcessOperations({ resources: { deviceKeys: inMemoryDeviceKeys({ keyVersions: [1, 2] }) } });
  for (const name of names) await store.register(anEnrolledMeter(aSerial(name)));
  const asked: number[] = [];
  const counting: OperationsClient = {
    call: (contract, input, wishes) => {
      const { serialNumbers } = { serialNumbers: [], ...(input as { readonly serialNumbers?: readonly string[] }) };
      if (contract.name === keysIssue.name) asked.push(serialNumbers.length);
      return client.call(contract, input, wishes);
    },
  };
  return { client: counting, asked, audit };
};

/** Never interrupted, unless a test says so. */
const interrupted = new Promise<void>(() => undefined);

const issue = async (client: OperationsClient, names: readonly string[], ...more: readonly string[]) => {
  await writeFile(at('serials.txt'), `${names.join('\n')}\n`);
  const options = ['--line', 'meter', '--serials', at('serials.txt'), '--out', at('keys.jsonl')];
  const sealTo = more.includes('--seal-to') ? [] : ['--seal-to', at('factory.pub')];
  return runMuster({ client, interrupted }, 'keys', 'issue', ...options, ...sealTo, ...more);
};

const unseal = (...more: readonly string[]) =>
  runMuster({}, 'keys', 'unseal', at('keys.jsonl'), '--key', at('factory.pem'), '--out', at('devices'), ...more);

const credential = async (thing: string) =>
  JSON.parse(await readFile(at(`devices/muster.meter.${thing}.json`), 'utf8')) as Readonly<Record<string, unknown>>;

describe('Keys', () => {
  test('go from the cloud to each device by way of the factory, and prove it there', async () => {
    const { client } = await world(serials(2));
    const { code, output } = await issue(client, serials(2));
    expect({ code, output }).toEqual({
      code: 0,
      output: [expect.stringContaining('2 devices = 2 issued + 0 issued before + 0 refused.') as string],
    });
    expect((await unseal()).code).toBe(0);
    expect((await readdir(at('devices'))).sort()).toEqual(['muster.meter.SN-1.json', 'muster.meter.SN-2.json']);
    expect((await stat(at('devices/muster.meter.SN-1.json'))).mode & 0o777).toBe(0o600);
    const key = deviceKeyOf({ line: METER, serialNumber: aSerial('SN-1'), keyVersion: 1 }).toString('base64url');
    const given = await credential('SN-1');
    expect(given).toEqual({
      schemaVersion: 1,
      approach: 'psk',
      thingName: 'muster:meter:SN-1',
      serialNumber: 'SN-1',
      authorizer: 'muster-psk',
      endpoint: expect.any(String) as string,
      topicPrefix: 'muster',
      sessionSeconds: 7200,
      secret: { keys: [{ version: 1, key }] },
    });
    expect(() => provePsk.open(given['secret'])).not.toThrow();
  });

  test('stand nowhere in the clear before the factory opens them, nor in what is printed', async () => {
    const { client, audit } = await world(serials(1));
    const issued = await issue(client, serials(1), '--json');
    const opened = await unseal('--json');
    const key = deviceKeyOf({ line: METER, serialNumber: aSerial('SN-1'), keyVersion: 1 });
    const said = [...issued.output, ...issued.errors, ...opened.output, ...opened.errors, JSON.stringify(audit.events)];
    const everything = [...said, await readFile(at('keys.jsonl'), 'utf8')].join('\n');
    for (const encoding of ['base64', 'base64url', 'hex'] as const) expect(everything).not.toContain(key.toString(encoding));
  });

  test('are asked for a hundred at a time, and not again once they are there', async () => {
    const { client, asked } = await world(serials(150));
    await issue(client, serials(120));
    const { output } = await issue(client, serials(150));
    expect(asked).toEqual([100, 20, 30]);
    expect(output[0]).toContain('150 devices = 30 issued + 120 issued before + 0 refused.');
    expect((await unseal('--json')).output.map((line): unknown => JSON.parse(line))).toMatchObject([{ written: 150, unchanged: 0 }]);
  });

  test('are asked for again where a crash cut the file off', async () => {
    const { client, asked } = await world(serials(3));
    await issue(client, serials(2));
    await appendFile(at('keys.jsonl'), '{"serialNumbers":["SN-3"],"sea');
    await issue(client, serials(3));
    expect(asked).toEqual([2, 1]);
    expect((await unseal('--json')).output.map((line): unknown => JSON.parse(line))).toMatchObject([{ written: 3 }]);
  });

  test('are told of one by one as JSON, with those that are refused, and then the command fails', async () => {
    const { client } = await world(['SN-1']);
    const { code, output } = await issue(client, serials(2), '--json');
    expect(code).toBe(1);
    expect(output.map((line): unknown => JSON.parse(line))).toEqual([
      { serialNumber: 'SN-1', outcome: 'issued' },
      { serialNumber: 'SN-2', outcome: 'refused', why: expect.stringContaining('not enrolled') as string },
      { summary: { serials: 2, issued: 1, before: 0, refused: 1 }, isComplete: true },
    ]);
  });

  test('are only checked in a dry run, which writes nothing', async () => {
    const { client } = await world(serials(2));
    expect((await issue(client, serials(2), '--dry-run')).output).toEqual(['2 devices = 2 to be issued + 0 issued before + 0 refused.']);
    expect(await readdir(folder)).not.toContain('keys.jsonl');
  });

  test('are left where somebody wants an end, and the same command goes on', async () => {
    const { client } = await world(serials(1));
    await writeFile(at('serials.txt'), 'SN-1\n');
    const parameters = [
      'keys',
      'issue',
      '--line',
      'meter',
      '--serials',
      at('serials.txt'),
      '--seal-to',
      at('factory.pub'),
      '--out',
      at('keys.jsonl'),
    ];
    expect((await runMuster({ client, interrupted: Promise.resolve() }, ...parameters)).code).toBe(130);
    expect((await runMuster({ client, interrupted }, ...parameters)).code).toBe(0);
  });

  test('of the next version go into a file of their own', async () => {
    const { client } = await world(serials(1));
    await issue(client, serials(1));
    await expect(issue(client, serials(1), '--version', '2')).rejects.toThrow('has keys of version 1, and 2 is wanted');
    await issue(client, serials(1), '--version', '2', '--out', at('next.jsonl'));
    await runMuster({}, 'keys', 'unseal', at('next.jsonl'), '--key', at('factory.pem'), '--out', at('devices'));
    expect(await credential('SN-1')).toMatchObject({ secret: { keys: [{ version: 2 }] } });
  });

  test('sealed to another key go into a file of their own', async () => {
    const { client } = await world(serials(2));
    await issue(client, serials(1));
    await expect(issue(client, serials(2), '--seal-to', at('another.pub'))).rejects.toThrow('sealed to the key');
  });

  test('are for the devices of a line in a manifest, whatever else stands there', async () => {
    const { client } = await world(serials(2));
    await writeFile(at('devices.csv'), 'serial,line,tenant\nSN-1,meter,acme\nOTHER,sensor,acme\nSN-2,,acme\n');
    const options = ['--line', 'meter', '--manifest', at('devices.csv'), '--seal-to', at('factory.pub'), '--out', at('keys.jsonl')];
    const { output } = await runMuster({ client, interrupted }, 'keys', 'issue', ...options);
    expect(output[0]).toContain('2 devices = 2 issued');
  });

  test.each([
    ['a serial number twice', ['SN-1', 'SN-1'], 'a second time'],
    ['what is no serial number', ['SN-1 '], 'expected a serial number'],
    ['nothing', [''], 'names no device'],
  ])('are not asked for where the file names %s', async (_, names, why) => {
    const { client, asked } = await world([]);
    await expect(issue(client, names)).rejects.toThrow(why);
    expect(asked).toEqual([]);
  });

  test('are not asked for where nobody says for whom, or in two ways', async () => {
    const { client } = await world([]);
    const options = ['keys', 'issue', '--line', 'meter', '--seal-to', at('factory.pub'), '--out', at('keys.jsonl')];
    await expect(runMuster({ client, interrupted }, ...options)).rejects.toThrow('--serials or with --manifest');
    await expect(issue(client, ['SN-1'], '--manifest', at('serials.txt'))).rejects.toThrow('--serials or with --manifest');
  });

  test('are not sealed to a private key', async () => {
    const { client } = await world([]);
    await expect(issue(client, ['SN-1'], '--seal-to', at('factory.pem'))).rejects.toThrow('private key');
  });

  test('that a line does not have are refused by the cloud, in its words', async () => {
    const { client } = await world([]);
    await expect(issue(client, ['SN-1'], '--version', '3')).rejects.toThrow(OperationError);
  });
});

describe('Unsealing', () => {
  test('writes nothing twice, and says so', async () => {
    const { client } = await world(serials(2));
    await issue(client, serials(2));
    await unseal();
    expect((await unseal('--json')).output.map((line): unknown => JSON.parse(line))).toMatchObject([{ written: 0, unchanged: 2 }]);
  });

  test('never writes over another key', async () => {
    const { client } = await world(serials(1));
    await issue(client, serials(1));
    await unseal();
    await expect(unseal('--endpoint', 'devices.example')).rejects.toThrow('left as it is');
  });

  test('takes another endpoint where devices connect elsewhere', async () => {
    const { client } = await world(serials(1));
    await issue(client, serials(1));
    await unseal('--endpoint', 'devices.example:8443');
    expect(await credential('SN-1')).toMatchObject({ endpoint: 'devices.example:8443' });
  });

  test('opens nothing with another key, and nothing that was changed', async () => {
    const { client } = await world(serials(1));
    await issue(client, serials(1));
    await expect(unseal('--key', at('another.pem'))).rejects.toThrow('cannot be unsealed');
    const text = await readFile(at('keys.jsonl'), 'utf8');
    await writeFile(at('keys.jsonl'), text.replace(/\.([^."]{4})([^."]*)"\}\n$/, '.AAAA$2"}\n'));
    await expect(unseal()).rejects.toThrow('cannot be unsealed');
  });

  test('refuses what is no file of keys, and one that is not there', async () => {
    await expect(unseal()).rejects.toThrow('is not there');
    await writeFile(at('keys.jsonl'), 'SN-1\n');
    await expect(unseal()).rejects.toThrow('is no file of keys');
  });
});
