import { createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { compactDecrypt } from 'jose';
import type { AdoptedSecret, SecretRenewal } from '../../../domain/prover.ts';
import { SEAL_ENCRYPTION } from '../../../domain/sealing.ts';
import { type DeviceKey, type PskSecret, readRenewedKey } from '../evidence/secret.ts';

const generate = promisify(generateKeyPair);
const ALGORITHMS = ['ECDH-ES+A256KW', 'ECDH-ES'];

/** The next key is made in the cloud and sealed to a key that was made for this and is deleted after it. */
export const renewalOf = (secret: PskSecret): SecretRenewal => ({
  makeKey: async () => (await generate('ec', { namedCurve: 'P-256' })).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  offer: ({ privateKeyPem }) => {
    const { kty, crv, x, y } = createPublicKey(privateKeyPem).export({ format: 'jwk' });
    return Promise.resolve({ recipient: { kty, crv, x, y } });
  },
  adopt: async ({ sealed }, privateKeyPem) => {
    const next = typeof sealed === 'string' ? await unsealed(sealed, privateKeyPem) : undefined;
    return next === undefined ? undefined : adopted(secret, next);
  },
});

const unsealed = async (sealed: string, privateKeyPem: string): Promise<DeviceKey | undefined> => {
  const options = { keyManagementAlgorithms: ALGORITHMS, contentEncryptionAlgorithms: [SEAL_ENCRYPTION] };
  try {
    const { plaintext } = await compactDecrypt(sealed, createPrivateKey(privateKeyPem), options);
    return readRenewedKey(Buffer.from(plaintext).toString('utf8'));
  } catch {
    return undefined;
  }
};

// The newest version goes first: one that is older than what there is would never be shown.
const adopted = ({ keys, use }: PskSecret, next: DeviceKey): AdoptedSecret | undefined => {
  const [newest] = keys.filter(({ version }) => use === undefined || version === use).toSorted((one, other) => other.version - one.version);
  if (newest === undefined || next.version < newest.version) return undefined;
  if (next.version > newest.version) return { both: { keys: [newest, next] }, next: { keys: [next] } };
  return next.key === newest.key ? { both: { keys: [next] }, next: { keys: [next] } } : undefined;
};
