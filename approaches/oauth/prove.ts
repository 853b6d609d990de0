import { type ConnectionProver, UnusableMeansError } from '../../domain/prover.ts';
import { readOAuthSecret } from './evidence/secret.ts';
import { credentialByIssuer } from './prove/by-issuer.ts';
import { credentialByOwnKey } from './prove/by-own-key.ts';

const UNREADABLE =
  'The secret of the credential file is none of OAuth: expected {"kind":"client-credentials","tokenEndpoint","clientId"} with "clientSecret" or "clientKey", or {"kind":"device-token","key","audience"}.';

/** Proof by a token: of an issuer, bound to a key where the device holds one, or signed by the device itself. */
export const proveOAuth: ConnectionProver = {
  entrance: 'connection',
  open: (raw) => {
    const secret = readOAuthSecret(raw);
    if (secret === undefined) throw new UnusableMeansError(UNREADABLE);
    return secret.kind === 'device-token' ? credentialByOwnKey(secret) : credentialByIssuer(secret);
  },
};
