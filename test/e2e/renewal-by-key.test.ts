import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactDecrypt, SignJWT } from 'jose';
import { issueKeys } from '../../cli/keys/issue-keys.ts';
import { readRecipient, recipientJwkOf } from '../../cli/keys/sealed-key.ts';
import { unsealKeys } from '../../cli/keys/unseal-keys.ts';
import { aLine, aSerial } from '../builders/identifiers.ts';
import { importRow } from './drivers/import-row.ts';
import { type PskCredential, PskDevice } from './drivers/psk-device.ts';
import { askForNext, beginRotation, enrolled, whenItIs, whenItsJobHas } from './drivers/rotations.ts';
import { dialByToken, inASecond, openByToken } from './drivers/self-signing-device.ts';
import { type Stage, openStage, thingOf } from './drivers/stage.ts';
import { everythingWritten } from './drivers/written.ts';

const isCompleted = ({ state, rotation }: { readonly state: string; readonly rotation?: object }): boolean =>
  state === 'active' && rotation === undefined;

let stage: Stage;
let folder: string;
beforeAll(async () => {
  stage = await openStage();
  folder = await mkdtemp(join(tmpdir(), 'muster-e2e-renewal-'));
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true });
  await stage.close();
});

const ecPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

describe('A device whose key derives from its names', () => {
  const named = { line: 'valve', serial: 'PSK-RENEWED' };
  const [line, serialNumber] = [aLine(named.line), aSerial(named.serial)];

  /** What a factory puts there: its first key. */
  const firstKey = async (): Promise<PskCredential> => {
    const { publicKey, privateKey } = ecPair();
    const recipient = recipientJwkOf(readRecipient(publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'factory'));
    const out = join(folder, 'keys.jsonl');
    await issueKeys(stage.fleet.operator.client, {
      ...{ line, keyVersion: 1, recipient, out, isDryRun: false, serialNumbers: [serialNumber] },
      onBegin: () => undefined,
      onResults: () => undefined,
      signal: new AbortController().signal,
    });
    const { files } = await unsealKeys({ file: out, key: privateKey, directory: join(folder, 'unsealed') });
    return JSON.parse(await readFile(files[0] ?? '', 'utf8')) as PskCredential;
  };

  const unsealed = async (sealed: unknown, privateKey: KeyObject): Promise<{ readonly key: string; readonly keyVersion: number }> => {
    const { plaintext } = await compactDecrypt(String(sealed), privateKey);
    return JSON.parse(new TextDecoder().decode(plaintext)) as { readonly key: string; readonly keyVersion: number };
  };

  test('is given its next key in a letter to itself, proves it, and comes in by the old one no more', async () => {
    await importRow(stage, { serial: named.serial, line: named.line, approach: 'psk' });
    const credential = await firstKey();
    const device = new PskDevice({ shared: stage.shared, line, serialNumber, credential });
    const connection = await device.open();
    const rotation = await beginRotation(stage, named);
    const { publicKey, privateKey } = ecPair();
    const offer = { recipient: publicKey.export({ format: 'jwk' }) };
    const answer = await askForNext(connection, device.thingName, { rotation, offer });
    if (answer.outcome !== 'given') throw new Error('It was refused.');
    const { key, keyVersion } = await unsealed(answer.credential['sealed'], privateKey);
    expect(keyVersion).toBe(2);
    await connection.close();
    expect(await enrolled(stage, named)).toMatchObject({ state: 'rotating' });

    await inASecond();
    const renewed = device.withKeysOf({ ...credential, secret: { keys: [{ version: keyVersion, key }] } }, keyVersion);
    const second = await renewed.open();
    const { requirement } = await whenItIs(stage, named, 'its completion', isCompleted);
    expect(requirement).toEqual({ proof: 'derived-key', keyVersion: '2' });
    await whenItsJobHas(stage, 'SUCCEEDED', device.thingName, rotation);
    await second.close();

    await inASecond();
    expect(typeof (await device.dial(await device.login({ at: Date.now() + 1_000 })))).toBe('string');
    expect(await everythingWritten(stage)).not.toContain(key);
  }, 60_000);
});

describe('A device that signs its own tokens', () => {
  const named = { line: 'lantern', serial: 'LANTERN-RENEWED' };
  const thing = () => thingOf(stage, named.line, named.serial);

  const open = (privateKey: KeyObject) => openByToken(stage, named, privateKey);

  test('shows its next key, signs with it, and comes in by the old one no more', async () => {
    const [held, next] = [ecPair(), ecPair()];
    await writeFile(join(folder, 'held.pem'), held.publicKey.export({ type: 'spki', format: 'pem' }));
    await importRow(stage, { serial: named.serial, line: named.line, approach: 'oauth', public_key: 'held.pem' }, folder);
    const connection = await open(held.privateKey);
    const rotation = await beginRotation(stage, named);
    const claims = new SignJWT({ rotation, sub: thing(), iat: 0 });
    const proof = await claims.setProtectedHeader({ alg: 'ES256' }).sign(next.privateKey);
    const publicKey = next.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const answer = await askForNext(connection, thing(), { rotation, offer: { publicKey, proof } });
    expect(answer).toEqual({ outcome: 'given', rotation, credential: {} });
    await connection.close();
    await (await open(held.privateKey)).close();
    expect(await enrolled(stage, named)).toMatchObject({ state: 'rotating' });

    const second = await open(next.privateKey);
    await whenItIs(stage, named, 'its completion', isCompleted);
    await whenItsJobHas(stage, 'SUCCEEDED', thing(), rotation);
    await second.close();
    expect(typeof (await dialByToken(stage, named, held.privateKey))).toBe('string');
    await (await open(next.privateKey)).close();
  }, 60_000);
});
