import type { ConnectionCredential, ConnectionOccasion } from '../../../domain/prover.ts';
import { PROOF_PURPOSE, PROOF_TYPE, tokenHashOf } from '../evidence/proof.ts';
import type { IssuerClient } from '../evidence/secret.ts';
import { type SigningKey, readSigningKey, signClaims } from './signing-key.ts';
import { requestToken, type TokenClient } from './token-request.ts';
import { userNameFor } from './user-name-for.ts';

/** A session takes 300 s at the least, and a proof some time to arrive. */
const MIN_SECONDS_LEFT = 360;

interface KeptToken {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  readonly endsAt: number | undefined;
}

/** Proof by a token of an issuer; it is kept, and asked for anew in the second half of its life, so that a device may come back before its session ends. */
export const credentialByIssuer = (given: IssuerClient): ConnectionCredential => {
  const client: TokenClient = {
    given,
    clientKey: 'clientKey' in given ? readSigningKey(given.clientKey, 'clientKey') : undefined,
    proofKey: given.proofKey === undefined ? undefined : readSigningKey(given.proofKey, 'proofKey'),
  };
  let kept: KeptToken | undefined;
  return {
    prove: async (occasion) => {
      if (kept === undefined || !isGoodFor(kept, occasion.at)) kept = await tokenFor(client, occasion);
      const { token, endsAt } = kept;
      const password = client.proofKey === undefined ? token : `${token},${await proofFor(token, client.proofKey, occasion)}`;
      return { username: userNameFor(occasion), password, ...(endsAt === undefined ? {} : { endsAt }) };
    },
  };
};

const isGoodFor = ({ askedAt, endsAt }: KeptToken, at: number): boolean =>
  endsAt !== undefined && at >= askedAt && at < Math.min((askedAt + endsAt) / 2, endsAt - MIN_SECONDS_LEFT * 1000);

const tokenFor = async (client: TokenClient, occasion: ConnectionOccasion): Promise<KeptToken> => {
  const { token, seconds } = await requestToken(client, occasion);
  return { token, askedAt: occasion.at, endsAt: seconds === undefined ? undefined : occasion.at + seconds * 1000 };
};

const proofFor = (token: string, key: SigningKey, { at, serverName, clientId, counter, nonce }: ConnectionOccasion): Promise<string> => {
  const claims = {
    purpose: PROOF_PURPOSE,
    aud: serverName,
    client_id: clientId,
    iat: Math.floor(at / 1000),
    counter,
    jti: nonce,
    ath: tokenHashOf(token),
  };
  return signClaims(key, claims, { typ: PROOF_TYPE, jwk: key.publicJwk });
};
