import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { LocalDescription } from '../../demo/local-file.ts';
import { runSdkDevice } from '../../demo/sdk-device.ts';
import { connectPlainly, provisionPlainly } from './drivers/plain-device.ts';
import { Program, runProgram } from './drivers/program.ts';

const configuration = join(import.meta.dirname, 'environment/muster.config.json');
let folder: string;
let temporary: string;

const start = (...parameters: readonly string[]): Program =>
  new Program({
    script: 'demo/start.ts',
    parameters,
    // By its TMPDIR every process is known that it starts, and every file that these leave behind.
    environment: { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: temporary, MUSTER_CONFIG: configuration },
    directory: folder,
  });

/** Processes that this program started, as far as the system tells (Linux does). */
const processesLeft = async (): Promise<readonly string[]> => {
  const processes = await readdir('/proc').catch((): string[] => []);
  const environments = await Promise.all(
    processes.map(async (id) => ({ id, environment: await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '') })),
  );
  return environments.filter(({ environment }) => environment.includes(`TMPDIR=${temporary}`)).map(({ id }) => id);
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-start-'));
  temporary = join(folder, 'temporary');
  await mkdir(temporary);
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const expectNothingLeft = async (): Promise<void> => {
  expect(await processesLeft()).toEqual([]);
  // Node's own cache of compiled code belongs to every program.
  expect((await readdir(temporary)).filter((name) => name !== 'node-compile-cache')).toEqual([]);
  expect(await readdir(folder)).not.toContain('muster');
};

describe('npm start', () => {
  let program: Program;
  let file: string;
  let described: LocalDescription;

  test('leaves a deployment running for clients that know nothing but its local.json, until it is interrupted', async () => {
    program = start('--folder', join(folder, 'muster'));
    const printed = await program.printed('End it with Ctrl-C.');
    expect(await processesLeft()).not.toEqual([]);
    file = join(folder, 'muster/local.json');
    described = JSON.parse(await readFile(file, 'utf8')) as LocalDescription;
    expect(printed).toContain(file);
    await expectDocumentedFields();
    await expectUsableFields();
    await expectCredentials();
    await expectClientsToComeIn();
    expect(await program.interrupt('SIGINT')).toMatchObject({ code: 0, error: '' });
    await expectNothingLeft();
  }, 120_000);

  const expectDocumentedFields = async (): Promise<void> => {
    expect(fieldsOf(described)).toEqual(await documentedFields());
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  };

  const expectUsableFields = async (): Promise<void> => {
    const { mqtt, region, accountId, rootCa, lines } = described;
    expect({ mqtt, region, accountId }).toEqual({
      mqtt: { host: 'localhost', port: expect.any(Number) as unknown, customAuthPort: expect.any(Number) as unknown },
      region: 'us-east-1',
      accountId: '123456789012',
    });
    expect(lines.map(({ name, template, ownTopic, claim }) => [name, template, ownTopic, claim.clientIdPrefix])).toEqual(
      ['sensor', 'gateway', 'meter', 'camera', 'heartbeat'].map((name) => [
        name,
        `muster-${name}`,
        'muster/things/{thing}/telemetry',
        `muster-claim-${name}-`,
      ]),
    );
    for (const { registeredSerials } of lines) expect(new Set(registeredSerials).size).toBe(20);
    const keys = lines.flatMap(({ deviceKey, registeredSerials }) =>
      registeredSerials.map((serial) => deviceKey.replace('{serial}', serial)),
    );
    const paths = [rootCa, ...keys, ...lines.flatMap(({ claim }) => [claim.certificate, claim.privateKey, claim.description])];
    expect(paths.filter((path) => !isAbsolute(path))).toEqual([]);
    for (const path of paths) expect((await stat(path)).size).toBeGreaterThan(0);
  };

  const expectCredentials = async (): Promise<void> => {
    const { endpoint, region, credentials, accountId } = described;
    const sts = new STSClient({ endpoint, region, credentials });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: accountId });
    sts.destroy();
  };

  const expectClientsToComeIn = async (): Promise<void> => {
    // Cameras wait until somebody approves them.
    for (const line of described.lines.filter(({ name }) => name !== 'camera')) {
      const [first = '', second = '', third = ''] = line.registeredSerials;
      const thing = `muster:${line.name}:${first}`;
      expect(JSON.parse(await runSdkDevice(file, { line: line.name, serial: first, mqtt: '5' }))).toMatchObject({ thingName: thing });
      const privateKey = await readFile(line.deviceKey.replace('{serial}', second), 'utf8');
      const { certificate, thingName } = await provisionPlainly({ ...described, line }, { serial: second, privateKey, version: '3.1.1' });
      const client = await connectPlainly({ ...described, line }, '3.1.1', { certificate, privateKey, clientId: thingName });
      await client.endAsync();
      const state = line.deviceState.replace('{serial}', third);
      const parameters = ['--serial', third, '--claim', line.claim.description, '--ca', described.rootCa, '--state', state];
      const device = { script: 'device/cli.ts', parameters, environment: {}, directory: folder };
      expect(await runProgram(device)).toMatchObject({ code: 0 });
    }
  };

  test('is interrupted in the middle of its deployment: it ends with 0, too, and leaves nothing behind', async () => {
    const early = start('--folder', join(folder, 'muster'));
    await early.printed('… bootstrap and synth');
    await setTimeout(1_500); // by then the CLI has started the app
    expect(await early.interrupt('SIGTERM')).toMatchObject({ code: 0, error: '' });
    await expectNothingLeft();
  }, 60_000);

  test('does not write into a folder that holds something else', async () => {
    await writeFile(join(folder, 'thesis.txt'), 'the only copy');
    const { code, error } = await start('--folder', folder).ended;
    expect({ code, lines: error.split('\n').length }).toEqual({ code: 1, lines: 2 });
    expect(error).toContain('holds something else');
    expect(await readFile(join(folder, 'thesis.txt'), 'utf8')).toBe('the only copy');
  });
});

/** Every path to a value, as the README writes them: `mqtt.port`, `lines[].name`. */
const fieldsOf = (value: unknown, path = ''): readonly string[] => {
  if (Array.isArray(value) && typeof value[0] === 'object') return fieldsOf(value[0], `${path}[]`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value)
    .flatMap(([name, member]) => fieldsOf(member, path === '' ? name : `${path}.${name}`))
    .toSorted();
};

/** The fields in the first column of the README's table. */
const documentedFields = async (): Promise<readonly string[]> => {
  const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
  const rows = /\| field \| what it is \|\n\|[-|]+\|\n((?:\|.*\n)+)/.exec(readme)?.[1]?.trim().split('\n') ?? [];
  return rows
    .flatMap((row) => {
      const [, column = ''] = row.split('|');
      const [, parent, members] = /`([^`]+)` \{(.*)\}/.exec(column) ?? [];
      const names = [...(members ?? column).matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
      return parent === undefined ? names : names.map((name) => `${parent}.${name}`);
    })
    .toSorted();
};
