import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { jwtVerify } from 'jose';
import * as z from 'zod';
import { proveOAuth } from '../../../approaches/oauth/prove.ts';
import { renewalByDeviceKey } from '../../../approaches/oauth/verify.ts';
import { rotationId } from '../../../domain/rotation/rotation.ts';
import { anEnrollment } from '../../builders/enrollment.ts';

const pem = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const key = pem();
const secret = { kind: 'device-token', key, audience: 'fleet', lifetimeSeconds: 3600 };
const { thingName } = anEnrollment();

describe('a device that signs its own tokens and asks for another key to count', () => {
  const { renewal, keyName } = proveOAuth.open(secret);
  if (renewal === undefined) throw new Error('Such a key can be renewed.');

  test('offers the public half of a key that it made, and shows that it has the other', async () => {
    const privateKeyPem = await renewal.makeKey();
    const offer = await renewal.offer({ rotation: z.parse(rotationId, 'job-1'), thingName, privateKeyPem, at: 1_000_000 });
    const { publicKey, proof } = z.strictObject({ publicKey: z.string(), proof: z.string() }).parse(offer);
    expect(publicKey).toBe(createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' }));
    const { payload } = await jwtVerify(proof, createPublicKey(publicKey));
    expect(payload).toEqual({ rotation: 'job-1', sub: thingName, iat: 1_000 });
  });

  test('is understood by the cloud, in its own rotation and in no other', async () => {
    const spki = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
    const id = z.parse(rotationId, 'job-1');
    const rotation = { id, startedAt: 0, until: 1 };
    const enrollment = anEnrollment({ approach: 'oauth', requirement: { publicKey: spki }, state: 'rotating', rotation });
    const occasion = { rotation: id, thingName, privateKeyPem: await renewal.makeKey(), at: 0 };
    const judge = async (change: object) =>
      renewalByDeviceKey.judge({ enrollment, offer: await renewal.offer({ ...occasion, ...change }) });
    expect(await judge({})).toHaveProperty('requirement');
    expect(await judge({ rotation: 'job-2' })).toBe('evidence-refused');
    expect(await judge({ privateKeyPem: key })).toBe('key-not-new');
  });

  test('signs with the new key then, the former at hand, and later with the new one alone', async () => {
    const next = pem();
    const adopted = await renewal.adopt({}, next);
    const both = proveOAuth.open(adopted?.both);
    expect(both.former?.keyName).toBe(keyName);
    expect(both.keyName).not.toBe(keyName);
    expect(proveOAuth.open(adopted?.next)).toMatchObject({ keyName: both.keyName });
    expect(adopted?.next).toEqual({ ...secret, key: next });
  });

  test('has nothing to renew where its tokens come from an issuer', () => {
    const byIssuer = { kind: 'client-credentials', tokenEndpoint: 'https://issuer.example/token', clientId: 'c', clientSecret: 's' };
    expect(proveOAuth.open(byIssuer).renewal).toBeUndefined();
  });
});
