import { decodeJwt, importJWK, type JWK, jwtVerify } from 'jose';
import * as z from 'zod';
import type { Client, Clients } from './clients.ts';
import { isSecretOf } from './clients.ts';
import { signingAlgorithms } from './issuer-settings.ts';
import { OAuthError } from './oauth-error.ts';
import type { UsedOnce } from './used-once.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What the token endpoint of an issuer knows about those who ask it. */
export interface TokenDoor {
  readonly clients: Clients;
  /** Names by which a client's assertion may call the issuer: its own and the endpoint's (RFC 7523 §3). */
  readonly audiences: readonly string[];
  readonly assertions: UsedOnce;
  readonly nowMs: () => number;
}

const unknown = () => new OAuthError('invalid_client', 'The client is unknown, or did not show that it is who it says.');

const decodePart = (part: string): string => {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    throw unknown();
  }
};

/** Both halves are encoded as in a form before they are joined (RFC 6749 §2.3.1). */
const byBasic = (door: TokenDoor, authorization: string): Client => {
  const decoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1];
  if (decoded === undefined) throw unknown();
  const [id = '', ...secret] = Buffer.from(decoded, 'base64').toString('utf8').split(':');
  const client = door.clients.find(decodePart(id));
  if (client === undefined || !isSecretOf(client, decodePart(secret.join(':')))) throw unknown();
  return client;
};

const assertionClaims = z.object({ jti: z.string().min(1), exp: z.number() });

const verify = async (door: TokenDoor, client: Client, assertion: string): Promise<z.output<typeof assertionClaims>> => {
  if (client.authentication !== 'private_key_jwt') throw unknown();
  const { payload } = await jwtVerify(assertion, await importJWK(client.publicKey as JWK, algorithmOf(client.publicKey)), {
    issuer: client.clientId,
    subject: client.clientId,
    audience: [...door.audiences],
    algorithms: [...signingAlgorithms],
    requiredClaims: ['exp', 'jti'],
    currentDate: new Date(door.nowMs()),
  });
  return assertionClaims.parse(payload);
};

/** A public key that does not say its algorithm has the usual one of its kind. */
const algorithmOf = ({ kty, alg }: { readonly kty: string; readonly alg?: unknown }): string =>
  typeof alg === 'string' ? alg : ({ RSA: 'RS256', EC: 'ES256' }[kty] ?? 'EdDSA');

const byAssertion = async (door: TokenDoor, assertion: string): Promise<Client> => {
  try {
    const client = door.clients.find(decodeJwt(assertion).iss ?? '');
    if (client === undefined) throw unknown();
    const { jti, exp } = await verify(door, client, assertion);
    // "by ensuring that the same JWT is not replayed" (RFC 7523 §3).
    if (!door.assertions.use(`${client.clientId} ${jti}`, exp * 1000, door.nowMs())) throw unknown();
    return client;
  } catch {
    throw unknown();
  }
};

/**
 * Who asks: by `client_secret_basic`, or by `private_key_jwt`, and by one of them only (RFC 6749 §2.3).
 * @throws OAuthError `invalid_client`, or `invalid_request` for both at once
 */
export const authenticateClient = async (door: TokenDoor, authorization: string | undefined, form: URLSearchParams): Promise<Client> => {
  const assertion = form.get('client_assertion');
  if (authorization !== undefined && assertion !== null) throw new OAuthError('invalid_request', 'The client authenticates twice.');
  if (authorization !== undefined) return byBasic(door, authorization);
  if (assertion === null || form.get('client_assertion_type') !== assertionType) throw unknown();
  return byAssertion(door, assertion);
};
