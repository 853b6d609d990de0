import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../demo/eventually.ts';
import { aLine, aSerial } from '../builders/identifiers.ts';
import { type KeyPair, ecKeys } from '../local/iot/certificate-requests.ts';
import { issuedKey } from './drivers/factory-keys.ts';
import { importRow } from './drivers/import-row.ts';
import type { MqttConnection } from './drivers/mqtt-connection.ts';
import { type PskCredential, PskDevice } from './drivers/psk-device.ts';
import { enrolled, type Named, whenItIs } from './drivers/rotations.ts';
import { dialByToken, inASecond, openByToken } from './drivers/self-signing-device.ts';
import { type Stage, openStage } from './drivers/stage.ts';
import { type TwoPeople, meetTwoPeople } from './drivers/two-people.ts';
import { everythingWritten } from './drivers/written.ts';

let stage: Stage;
let people: TwoPeople;
let folder: string;

beforeAll(async () => {
  stage = await openStage();
  people = await meetTwoPeople(stage);
  folder = await mkdtemp(join(tmpdir(), 'muster-e2e-transfer-'));
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true });
  await people.leave();
  await stage.close();
});

const muster = (...parameters: readonly string[]) => people.muster(people.operator, ...parameters);

/** Two people give it away, while it is connected. */
const give = async (connection: MqttConnection, { line, serial }: Named, ...more: readonly string[]): Promise<string> => {
  const { tenant } = await enrolled(stage, { line, serial });
  const to = tenant === 'acme' ? 'globex' : 'acme';
  const words = ['devices', 'transfer', serial, '--to', to, '--reason', 'sold', '--yes', ...more];
  expect(await muster(...words)).toMatchObject({ code: 3 });
  const { code, out } = await people.muster(people.security, ...words);
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(`belongs to tenant "${to}"`) as unknown });
  // MQTT 3.1.1 has no way to say why.
  expect(await connection.lost).toMatch(/^(reason code 152|hung up)$/);
  return out;
};

const isActive = (named: Named) => whenItIs(stage, named, 'its activation', ({ state }) => state === 'active');

const isOnRecord = (serial: string, reason: string) =>
  eventually('the refusal on record', async () =>
    (await everythingWritten(stage)).split('\n').some((line) => line.includes(serial) && line.includes(reason)) ? true : undefined,
  );

// In the order of its life.
describe('A device whose key derives from its names, given to another tenant', () => {
  const named = { line: 'valve', serial: 'PSK-TRANSFERRED' };

  /** The device as its owner of the moment has it, by a key that is issued then. */
  const keyedBy = async (owner: string): Promise<PskDevice> => {
    const at = await mkdtemp(join(folder, owner));
    const file = await issuedKey({ folder: at, endpoint: 'localhost', muster }, named.line, named.serial);
    const credential = JSON.parse(await readFile(file, 'utf8')) as PskCredential;
    return new PskDevice({ shared: stage.shared, line: aLine(named.line), serialNumber: aSerial(named.serial), credential });
  };

  let former: PskDevice;
  let device: PskDevice;

  beforeAll(async () => {
    await importRow(stage, { serial: named.serial, line: named.line, approach: 'psk' });
    former = await keyedBy('acme');
  });

  test('is cut off, and whoever has a copy of its key does not come in again', async () => {
    const connection = await former.open();
    await isActive(named);
    expect(await give(connection, named)).toContain('muster keys issue');
    await inASecond();
    expect(typeof (await former.dial())).toBe('string');
    await isOnRecord(named.serial, 'superseded-key');
    expect(await enrolled(stage, named)).toMatchObject({ state: 'registered', tenant: 'globex' });
  }, 60_000);

  test('comes in for its new owner by a key that is issued to that one', async () => {
    device = await keyedBy('globex');
    await inASecond();
    const connection = await device.open();
    expect(await connection.subscribe('muster/tenants/globex/announcements')).toBe('done');
    await isActive(named);
    expect(await enrolled(stage, named)).toMatchObject({ lastProof: { keyVersion: 10_001 } });
    await connection.close();
    await inASecond();
    expect(typeof (await former.dial())).toBe('string');
  }, 60_000);

  test('goes on by that one where two people say so, and the first owner’s still counts no more', async () => {
    await inASecond();
    expect(await give(await device.open(), named, '--keep-proof')).toContain('belongs to');
    await inASecond();
    await (await device.open()).close();
    await inASecond();
    expect(typeof (await former.dial())).toBe('string');
    await isOnRecord(named.serial, 'device.transferred-with-proof');
  }, 60_000);
});

describe('A device that signs its own tokens, given to another tenant', () => {
  const named = { line: 'lantern', serial: 'LANTERN-TRANSFERRED' };
  const [former, next] = [ecKeys(), ecKeys()];

  const keep = (name: string, { publicKey }: KeyPair) => writeFile(join(folder, name), publicKey.export({ type: 'spki', format: 'pem' }));

  const isRefused = async ({ privateKey }: KeyPair) => typeof (await dialByToken(stage, named, privateKey)) === 'string';

  test('comes in by the key that its new owner registers, and by the former one’s no more', async () => {
    await keep('former.pem', former);
    await importRow(stage, { serial: named.serial, line: named.line, approach: 'oauth', public_key: 'former.pem' }, folder);
    const connection = await openByToken(stage, named, former.privateKey);
    await isActive(named);
    expect(await give(connection, named)).toContain('--new-key');
    expect(await isRefused(former)).toBe(true);
    await isOnRecord(named.serial, 'proof-withdrawn');

    await keep('next.pem', next);
    const proof = join(folder, 'proof.json');
    await writeFile(proof, JSON.stringify({ public_key: 'next.pem' }));
    expect(await muster('devices', 'release', named.serial, '--new-key', '--proof', proof)).toMatchObject({ code: 0 });
    await (await openByToken(stage, named, next.privateKey)).close();
    await isActive(named);
    expect(await isRefused(former)).toBe(true);
  }, 60_000);
});
