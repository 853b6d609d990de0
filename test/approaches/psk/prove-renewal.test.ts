import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import * as z from 'zod';
import { provePsk } from '../../../approaches/psk/prove.ts';
import { renewalByDerivedKey } from '../../../approaches/psk/verify.ts';
import type { SecretRenewal } from '../../../domain/prover.ts';
import { rotationId } from '../../../domain/rotation/rotation.ts';
import { anEnrollment } from '../../builders/enrollment.ts';

const key = () => randomBytes(32).toString('base64url');
const first = { version: 1, key: key() };
const second = { version: 2, key: key() };

const renewalOf = (secret: unknown): SecretRenewal => {
  const { renewal } = provePsk.open(secret);
  if (renewal === undefined) throw new Error('A pre-shared key can be renewed.');
  return renewal;
};
const renewal = renewalOf({ keys: [first] });
const privateKeyPem = await renewal.makeKey();
const sealTo = (publicKey: Parameters<CompactEncrypt['encrypt']>[0], content: unknown, enc = 'A256GCM') =>
  new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc })
    .encrypt(publicKey);
const sealed = (content: unknown) => sealTo(createPublicKey(privateKeyPem), content);

describe('a device with a pre-shared key that asks for another', () => {
  test('offers a public key, and nothing of its private half', async () => {
    const occasion = { rotation: z.parse(rotationId, 'job-1'), thingName: anEnrollment().thingName, privateKeyPem, at: 0 };
    const { recipient } = await renewal.offer(occasion);
    expect(Object.keys(z.record(z.string(), z.string()).parse(recipient)).sort()).toEqual(['crv', 'kty', 'x', 'y']);
  });

  test('has both keys then, the former at hand, and later the new one alone', async () => {
    const adopted = await renewal.adopt({ sealed: await sealed({ key: second.key, keyVersion: 2 }) }, privateKeyPem);
    expect(adopted).toEqual({ both: { keys: [first, second] }, next: { keys: [second] } });
    expect(provePsk.open(adopted?.both)).toMatchObject({ keyName: '2', former: { keyName: '1' } });
    expect(provePsk.open(adopted?.next).former).toBeUndefined();
  });

  test('understands what the cloud makes of its offer', async () => {
    const derived = { 2: Buffer.from(second.key, 'base64url') };
    const cloud = renewalByDerivedKey({ newestVersionOf: () => 2, deriveKey: () => Promise.resolve(derived[2]) });
    const enrollment = anEnrollment({ approach: 'psk' });
    const occasion = { rotation: z.parse(rotationId, 'job-1'), thingName: enrollment.thingName, privateKeyPem, at: 0 };
    const judged = await cloud.judge({ enrollment, offer: await renewal.offer(occasion) });
    if (typeof judged === 'string') throw new Error(`It was refused: ${judged}.`);
    expect(await renewal.adopt(await judged.credential(), privateKeyPem)).toMatchObject({ next: { keys: [second] } });
  });

  test('does as it is told where it is given the key that it has', async () => {
    const adopted = await renewal.adopt({ sealed: await sealed({ key: first.key, keyVersion: 1 }) }, privateKeyPem);
    expect(adopted?.next).toEqual({ keys: [first] });
  });

  test('no longer says which version to use', async () => {
    const using = renewalOf({ keys: [first, { version: 3, key: key() }], use: 1 });
    const adopted = await using.adopt({ sealed: await sealed({ key: second.key, keyVersion: 2 }) }, privateKeyPem);
    expect(adopted?.both).toEqual({ keys: [first, second] });
  });

  test.each<readonly [string, () => Promise<unknown>]>([
    ['is nothing', () => Promise.resolve(undefined)],
    ['is no text', () => Promise.resolve(7)],
    ['is not encrypted', () => Promise.resolve(JSON.stringify({ key: second.key, keyVersion: 2 }))],
    [
      'is sealed to another',
      () => sealTo(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey, { key: second.key, keyVersion: 2 }),
    ],
    ['is sealed by another algorithm', () => sealTo(createPublicKey(privateKeyPem), { key: second.key, keyVersion: 2 }, 'A128CBC-HS256')],
    ['holds no key', () => sealed({ keyVersion: 2 })],
    ['holds a short key', () => sealed({ key: 'AAAA', keyVersion: 2 })],
    ['holds an older version', () => sealed({ key: second.key, keyVersion: 0 })],
    ['holds another key of the version that there is', () => sealed({ key: second.key, keyVersion: 1 })],
  ])('does not take what %s', async (_, given) => {
    expect(await renewal.adopt({ sealed: await given() }, privateKeyPem)).toBeUndefined();
  });
});
