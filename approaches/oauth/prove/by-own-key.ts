import type { ConnectionCredential } from '../../../domain/prover.ts';
import type { DeviceSigner } from '../evidence/secret.ts';
import { readSigningKey, signClaims } from './signing-key.ts';
import { userNameFor } from './user-name-for.ts';

/** Proof by a token that the device signs itself, anew for each connection, as devices of Google Cloud IoT Core do. */
export const credentialByOwnKey = ({ key: pem, audience, lifetimeSeconds }: DeviceSigner): ConnectionCredential => {
  const key = readSigningKey(pem, 'key');
  return {
    prove: async (occasion) => {
      const iat = Math.floor(occasion.at / 1000);
      const exp = iat + lifetimeSeconds;
      const password = await signClaims(key, { aud: audience, iat, exp }, { typ: 'JWT' });
      return { username: userNameFor(occasion), password, endsAt: exp * 1000 };
    },
  };
};
