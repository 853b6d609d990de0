import { randomUUID } from 'node:crypto';
import type { Client } from './clients.ts';

export interface Grant {
  readonly issuer: string;
  readonly client: Client;
  readonly scopes: readonly string[];
  /** Thumbprint of the key that the token is bound to (RFC 9449 §6.1). */
  readonly jkt: string | undefined;
  readonly nowMs: number;
}

export interface UnsignedToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** As Amazon Cognito words the access token of a client-credentials grant: the header has no `typ`, the client stands for an audience. */
const likeCognito = ({ issuer, client, scopes }: Grant, seconds: number): UnsignedToken => ({
  header: {},
  claims: {
    ...{ sub: client.clientId, token_use: 'access', scope: scopes.join(' '), auth_time: seconds, iss: issuer },
    ...{ exp: seconds + client.tokenSeconds, iat: seconds, version: 2, jti: randomUUID(), client_id: client.clientId },
  },
});

/** RFC 9068 §2; `sub` is the client, as there is no resource owner. */
const strict = ({ issuer, client, scopes, jkt }: Grant, audience: string | readonly string[], seconds: number): UnsignedToken => ({
  header: { typ: 'at+jwt' },
  claims: {
    ...{ iss: issuer, sub: client.clientId, aud: audience, client_id: client.clientId, jti: randomUUID() },
    ...{ iat: seconds, exp: seconds + client.tokenSeconds },
    ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
    ...(jkt === undefined ? {} : { cnf: { jkt } }),
  },
});

/** What an access token says, by the client's profile. */
export const wordToken = (grant: Grant): UnsignedToken => {
  const seconds = Math.floor(grant.nowMs / 1000);
  const { client } = grant;
  return client.profile === 'cognito' ? likeCognito(grant, seconds) : strict(grant, client.audience, seconds);
};
