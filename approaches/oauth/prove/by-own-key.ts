import { createPublicKey } from 'node:crypto';
import { keyDigestOf } from '../../../domain/key-digest.ts';
import type { ConnectionCredential } from '../../../domain/prover.ts';
import type { DeviceSigner } from '../evidence/secret.ts';
import { renewalByOwnKey } from './renewal.ts';
import { readSigningKey, signClaims } from './signing-key.ts';
import { userNameFor } from './user-name-for.ts';

/** Proof by a token that the device signs itself, anew for each connection, as devices of Google Cloud IoT Core do. */
export const credentialByOwnKey = (signer: DeviceSigner): ConnectionCredential => {
  const { former, ...held } = signer;
  const { key: pem, audience, lifetimeSeconds } = held;
  const key = readSigningKey(pem, 'key');
  return {
    keyName: keyDigestOf(createPublicKey(pem).export({ type: 'spki', format: 'der' })),
    ...(former === undefined ? {} : { former: credentialByOwnKey({ ...held, key: former }) }),
    renewal: renewalByOwnKey(held),
    prove: async (occasion) => {
      const iat = Math.floor(occasion.at / 1000);
      const exp = iat + lifetimeSeconds;
      const password = await signClaims(key, { aud: audience, iat, exp }, { typ: 'JWT' });
      return { username: userNameFor(occasion), password, endsAt: exp * 1000 };
    },
  };
};
