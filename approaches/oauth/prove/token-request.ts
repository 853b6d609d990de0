import type { ConnectionOccasion } from '../../../domain/prover.ts';
import type { IssuerClient } from '../evidence/secret.ts';
import { IssuerError } from './issuer-error.ts';
import { type SigningKey, signClaims } from './signing-key.ts';
import { type IssuedToken, readTokenResponse, type TokenResponse } from './token-response.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ASSERTION_SECONDS = 60;
const TIMEOUT_MS = 15_000;

/** A client as it stands before its issuer. */
export interface TokenClient {
  readonly given: IssuerClient;
  /** For `private_key_jwt`. */
  readonly clientKey: SigningKey | undefined;
  /** The key that tokens are to be bound to. */
  readonly proofKey: SigningKey | undefined;
}

/** Asks an issuer for a token by client credentials (RFC 6749 §4.4), bound to the proof key where there is one (RFC 9449 §5). */
export const requestToken = async (client: TokenClient, occasion: ConnectionOccasion): Promise<IssuedToken> => {
  const first = await ask(client, occasion, { jti: occasion.nonce });
  const second = 'wantedNonce' in first ? await ask(client, occasion, { jti: `${occasion.nonce}-2`, nonce: first.wantedNonce }) : first;
  if ('wantedNonce' in second) throw new IssuerError('The issuer asks for one nonce after the other.');
  return second;
};

/** What makes one request unlike all others. */
interface Marks {
  readonly jti: string;
  readonly nonce?: string;
}

const ask = async (client: TokenClient, occasion: ConnectionOccasion, marks: Marks): Promise<TokenResponse> => {
  const { given, proofKey } = client;
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...(await credentialsIn(client, occasion, marks)) });
  for (const name of ['scope', 'resource', 'audience'] as const) {
    const value = given[name];
    if (value !== undefined) body.set(name, value);
  }
  const headers = {
    accept: 'application/json',
    ...('clientSecret' in given ? { authorization: basic(given.clientId, given.clientSecret) } : {}),
    ...(proofKey === undefined ? {} : { dpop: await dpopFor(given.tokenEndpoint, proofKey, { at: occasion.at, ...marks }) }),
  };
  // A redirect would carry the credentials to whoever it names.
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return readTokenResponse(await occasion.fetch(given.tokenEndpoint, { method: 'POST', redirect: 'error', headers, body, signal }));
};

// RFC 6749 §2.3.1: both are form-encoded before they are joined.
const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${formEncoded(id)}:${formEncoded(secret)}`).toString('base64')}`;

const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

const credentialsIn = async ({ given, clientKey }: TokenClient, { at }: ConnectionOccasion, { jti }: Marks) => {
  if ('clientSecret' in given || clientKey === undefined) return {};
  const { clientId, clientKeyId, tokenEndpoint, assertionAudience = tokenEndpoint } = given;
  const iat = Math.floor(at / 1000);
  const claims = { iss: clientId, sub: clientId, aud: assertionAudience, jti, iat, exp: iat + ASSERTION_SECONDS };
  const assertion = await signClaims(clientKey, claims, { typ: 'JWT', ...(clientKeyId === undefined ? {} : { kid: clientKeyId }) });
  return { client_id: clientId, client_assertion_type: ASSERTION_TYPE, client_assertion: assertion };
};

const dpopFor = (tokenEndpoint: string, key: SigningKey, { at, ...marks }: Marks & { readonly at: number }): Promise<string> => {
  const { origin, pathname } = new URL(tokenEndpoint); // RFC 9449 §4.2: without query and fragment
  const claims = { ...marks, htm: 'POST', htu: `${origin}${pathname}`, iat: Math.floor(at / 1000) };
  return signClaims(key, claims, { typ: 'dpop+jwt', jwk: key.publicJwk });
};
