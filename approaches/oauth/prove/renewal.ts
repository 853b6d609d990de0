import { createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { SecretRenewal } from '../../../domain/prover.ts';
import type { DeviceSigner } from '../evidence/secret.ts';
import { readSigningKey, signClaims } from './signing-key.ts';

const generate = promisify(generateKeyPair);

/** The device makes its next key itself; the cloud learns the public half, and sees that the device has the other. */
export const renewalByOwnKey = (held: DeviceSigner): SecretRenewal => ({
  makeKey: async () => (await generate('ec', { namedCurve: 'P-256' })).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  offer: async ({ rotation, thingName, privateKeyPem, at }) => ({
    publicKey: createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' }).toString(),
    proof: await signClaims(readSigningKey(privateKeyPem, 'key'), { rotation, sub: thingName, iat: Math.floor(at / 1000) }, { typ: 'JWT' }),
  }),
  adopt: (_, privateKeyPem) =>
    Promise.resolve({ both: { ...held, key: privateKeyPem, former: held.key }, next: { ...held, key: privateKeyPem } }),
});
