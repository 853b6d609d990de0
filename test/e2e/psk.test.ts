import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeThingCommand } from '@aws-sdk/client-iot';
import { readPskSecret } from '../../approaches/psk/evidence/secret.ts';
import { issueKeys } from '../../cli/keys/issue-keys.ts';
import { readRecipient, recipientJwkOf } from '../../cli/keys/sealed-key.ts';
import { unsealKeys } from '../../cli/keys/unseal-keys.ts';
import { eventually } from '../../demo/eventually.ts';
import { devicesQuarantine } from '../../domain/operations/devices-quarantine.ts';
import { topicTree } from '../../domain/topics.ts';
import { aLine, aSerial } from '../builders/identifiers.ts';
import { importRow } from './drivers/import-row.ts';
import type { MqttConnection } from './drivers/mqtt-connection.ts';
import { type PskCredential, PskDevice, type PskLogin } from './drivers/psk-device.ts';
import { type Stage, enrollmentOf, openStage } from './drivers/stage.ts';
import { everythingWritten } from './drivers/written.ts';

const VALVE = aLine('valve');
const HOUR_MS = 3_600_000;
const topics = topicTree('muster');

const factory = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const recipient = recipientJwkOf(readRecipient(factory.publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'factory'));

let stage: Stage;
let folder: string;
const connections: MqttConnection[] = [];

beforeAll(async () => {
  stage = await openStage();
  folder = await mkdtemp(join(tmpdir(), 'muster-e2e-psk-'));
}, 60_000);
afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.close();
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await stage.close();
});

/** What must be seen nowhere. */
const secrets = new Set<string>();

const client = () => stage.fleet.operator.client;

/** The ways in which 32 bytes could have been written. */
const formsOf = (text: string): readonly string[] => {
  const bytes = Buffer.from(text, 'base64url');
  return [text, bytes.toString('base64').replace('=', ''), bytes.toString('hex')];
};

/** Has a key issued and opened, as a factory does: what the device's credential file says. */
const keyOf = async (serial: string, keyVersion = 1): Promise<PskCredential> => {
  const out = join(folder, `${randomUUID()}.jsonl`);
  const report = await issueKeys(client(), {
    ...{ line: VALVE, keyVersion, recipient, out, isDryRun: false },
    serialNumbers: [aSerial(serial)],
    onBegin: () => undefined,
    onResults: () => undefined,
    signal: new AbortController().signal,
  });
  expect(report.counts).toMatchObject({ issued: 1 });
  const { files } = await unsealKeys({ file: out, key: factory.privateKey, directory: join(folder, randomUUID()) });
  const credential = JSON.parse(await readFile(files[0] ?? '', 'utf8')) as PskCredential;
  for (const { key } of readPskSecret(credential.secret)?.keys ?? []) for (const form of formsOf(key)) secrets.add(form);
  return credential;
};

/** A device that is enrolled and has its key. */
const aDevice = async (serial: string): Promise<PskDevice> => {
  await importRow(stage, { serial, line: VALVE });
  const onLogin = ({ password }: PskLogin): void => {
    for (const form of formsOf(password.split('.').at(-1) ?? '')) secrets.add(form);
  };
  return new PskDevice({ shared: stage.shared, line: VALVE, serialNumber: aSerial(serial), credential: await keyOf(serial), onLogin });
};

/** A connection that is closed after the test. */
const opened = async (connection: Promise<MqttConnection>): Promise<MqttConnection> => {
  connections.push(await connection);
  return connection;
};

const stateOf = async (serial: string) => (await enrollmentOf(stage, VALVE, serial))?.state;

const own = (device: PskDevice): string => `${topics.thing(device.thingName)}/measurements`;

describe('A device with a key that the factory put there', () => {
  test('connects, may use its own topics and no others, and is active from then on', async () => {
    const [device, other] = [await aDevice('PSK-OWN'), await aDevice('PSK-OTHER')];
    const connection = await opened(device.open());
    expect(await connection.subscribe(own(device))).toBe('done');
    expect(await connection.publish(own(device), '21')).toBe('done');
    expect(await connection.take()).toEqual({ topic: own(device), payload: '21' });
    await eventually('the activation', async () => ((await stateOf('PSK-OWN')) === 'active' ? true : undefined));
    const thing = await stage.iot.send(new DescribeThingCommand({ thingName: device.thingName }));
    expect(thing).toMatchObject({ thingTypeName: 'muster-valve' });
    expect(await connection.publish(own(other), '99')).not.toBe('done');
  });

  test('F30: shows its key within TLS 1.3, which knows nothing of it: no cipher suite says how long it is', async () => {
    const connection = await opened((await aDevice('PSK-TLS')).open());
    expect(connection.tlsVersion).toBe('TLSv1.3');
  });

  test('comes in by each proof once', async () => {
    const device = await aDevice('PSK-REPLAY');
    const login = await device.login();
    await (await device.open(login)).close();
    expect(typeof (await device.dial(login))).toBe('string');
    await eventually('the refusal on record', async () =>
      (await everythingWritten(stage)).split('\n').some((line) => line.includes('PSK-REPLAY') && line.includes('proof-replayed'))
        ? true
        : undefined,
    );
    await opened(device.open());
  });

  test('comes in under no other name, at no other server, and with nobody else’s key', async () => {
    const [device, other] = [await aDevice('PSK-NAME'), await aDevice('PSK-NAMED')];
    expect(typeof (await device.dial(undefined, other.thingName))).toBe('string');
    expect(typeof (await device.dial(await device.login({ serverName: 'elsewhere.example' })))).toBe('string');
    const { username } = await other.login();
    const { password } = await device.login();
    expect(typeof (await other.dial({ username, password }))).toBe('string');
    expect(await stateOf('PSK-NAMED')).toBe('registered');
  });
});

describe('A device that does not know the time', () => {
  test.each([
    ['begins in 1970', 'PSK-1970', () => 0],
    ['is an hour ahead', 'PSK-AHEAD', () => Date.now() + HOUR_MS],
  ])('and %s is told it, may do nothing else, and comes in with a proof of now', async (_, serial, clock) => {
    const device = await aDevice(serial);
    const { ask, tell } = topics.time(device.thingName);
    const asking = await opened(device.open(await device.login({ at: clock() })));
    expect(await asking.subscribe(tell)).toBe('done');
    expect(await asking.publish(ask, '{}')).toBe('done');
    const { now } = JSON.parse((await asking.take()).payload) as { readonly now: number };
    expect(Math.abs(now - Date.now())).toBeLessThan(60_000);
    expect(await asking.publish(own(device), '21')).not.toBe('done');
    expect(await stateOf(serial)).toBe('registered');
    const connection = await opened(device.open(await device.login({ at: now })));
    expect(await connection.publish(own(device), '21')).toBe('done');
  });
});

describe('A device in quarantine', () => {
  test('has its diagnosis topics alone, and its connection of before has ended', async () => {
    const device = await aDevice('PSK-QUARANTINE');
    const before = await device.open();
    await eventually('the activation', async () => ((await stateOf('PSK-QUARANTINE')) === 'active' ? true : undefined));
    await client().call(devicesQuarantine, { serialNumber: aSerial('PSK-QUARANTINE'), note: 'odd traffic' });
    await before.lost;
    const diagnosed = await opened(device.open());
    expect(await diagnosed.publish(`${topics.diagnosis(device.thingName)}/log`, 'fine')).toBe('done');
    expect(await diagnosed.publish(own(device), '21')).not.toBe('done');
  });
});

describe('The keys of a line', () => {
  test('follow one another: the next is good at once, and the one before no longer', async () => {
    const device = await aDevice('PSK-NEXT');
    await (await device.open()).close();
    const next = await keyOf('PSK-NEXT', 2);
    const renewed = device.withKeysOf(next, 2);
    await (await renewed.open()).close();
    expect(typeof (await device.dial())).toBe('string');
  });
});

const faults = () => `${stage.shared.endpoint}/_local/faults`;

/** Makes something happen to every use of one master key, until the end of the test. */
const whenKms = async (effect: object, act: () => Promise<void>): Promise<void> => {
  const parameters = { KeyId: 'alias/muster-psk-valve-2' };
  const fault = { at: 'operation', service: 'kms', operation: 'GenerateMac', parameters, effect };
  const { id } = (await (await fetch(faults(), { method: 'POST', body: JSON.stringify(fault) })).json()) as { readonly id: string };
  await act().finally(() => fetch(`${faults()}/${id}`, { method: 'DELETE' }));
};

describe('Where KMS fails', () => {
  test.each([
    ['throttles', { kind: 'throttle' }],
    ['is broken', { kind: 'error', code: 'KMSInternalException', status: 500 }],
    ['is slow', { kind: 'latency', ms: 20_000 }],
    ['hangs up', { kind: 'drop' }],
  ])('nobody comes in while it %s, within the time that AWS IoT gives, and everybody after', async (what, effect) => {
    const serial = `PSK-KMS-${what.replaceAll(' ', '-')}`;
    const first = await aDevice(serial);
    const device = first.withKeysOf(await keyOf(serial, 2), 2);
    await whenKms(effect, async () => {
      const startedAt = Date.now();
      expect(typeof (await device.dial())).toBe('string');
      expect(Date.now() - startedAt).toBeLessThan(5_000);
    });
    await opened(device.open());
  });
});

test('No key, MAC or password stands in anything that was written', async () => {
  const written = await everythingWritten(stage);
  expect(written).toContain('device-key.issued');
  expect(written).toContain('PSK-OWN');
  expect(secrets.size).toBeGreaterThan(20);
  expect([...secrets].filter((secret) => written.includes(secret))).toEqual([]);
});
