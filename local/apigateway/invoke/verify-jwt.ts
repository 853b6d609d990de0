import { verify } from 'node:crypto';
import * as z from 'zod';
import type { JsonObject } from '../../json-object.ts';
import { isJsonObject } from '../../json-object.ts';
import type { Authorizer, Route } from '../http-api.ts';
import type { IssuerKeys } from './issuer-keys.ts';

export type JwtVerdict =
  | { readonly outcome: 'valid'; readonly claims: JsonObject; readonly scopes: readonly string[] }
  /** No token, or one that is not good: 401. */
  | { readonly outcome: 'unauthorized' }
  /** A good token without the scope that the route wants: 403. */
  | { readonly outcome: 'insufficient-scope' };

const digests: Readonly<Record<string, string>> = { RS256: 'RSA-SHA256', RS384: 'RSA-SHA384', RS512: 'RSA-SHA512' };

const head = z.object({ alg: z.enum(['RS256', 'RS384', 'RS512']), kid: z.string().optional() });
const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
const claimsSchema = z.looseObject({
  iss: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
  aud: texts.optional(),
  client_id: z.string().optional(),
  scope: z.string().optional(),
  scp: z.union([z.string(), z.array(z.string())]).optional(),
});

type Claims = z.output<typeof claimsSchema>;

const decodePart = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));

const isSigned = async (token: string, issuer: string, keys: IssuerKeys): Promise<boolean> => {
  const [first = '', second = '', signature = ''] = token.split('.');
  const { alg, kid } = head.parse(decodePart(first));
  const key = await keys.find(issuer, kid);
  return key !== undefined && verify(digests[alg], Buffer.from(`${first}.${second}`), key, Buffer.from(signature, 'base64url'));
};

/** Developer Guide, "JWT authorizers": `aud`, or `client_id` where there is no `aud`. */
const isMeantForUs = (
  { iss, aud, client_id, exp, nbf, iat }: Claims,
  { audience, issuer }: Authorizer['jwtConfiguration'],
  nowMs: number,
): boolean =>
  iss === issuer &&
  (aud ?? (client_id === undefined ? [] : [client_id])).some((one) => audience.includes(one)) &&
  exp * 1000 > nowMs &&
  (nbf ?? 0) * 1000 <= nowMs &&
  (iat ?? 0) * 1000 <= nowMs;

const scopesOf = ({ scope, scp }: Claims): readonly string[] => {
  const text = scope ?? (typeof scp === 'string' ? scp : undefined);
  return text === undefined ? (Array.isArray(scp) ? scp : []) : text.split(' ').filter((one) => one !== '');
};

export interface JwtQuestion {
  readonly token: string | undefined;
  readonly authorizer: Authorizer;
  readonly route: Route;
  readonly nowMs: number;
}

/** Judges a token as API Gateway does; whatever is malformed, or cannot be checked, is unauthorized. */
export const verifyJwt = async ({ token, authorizer, route, nowMs }: JwtQuestion, keys: IssuerKeys): Promise<JwtVerdict> => {
  const bare = token?.replace(/^Bearer /i, '');
  if (bare?.split('.').length !== 3) return { outcome: 'unauthorized' };
  try {
    const told = decodePart(bare.split('.')[1] ?? '');
    const claims = claimsSchema.parse(told);
    if (!isMeantForUs(claims, authorizer.jwtConfiguration, nowMs)) return { outcome: 'unauthorized' };
    if (!(await isSigned(bare, authorizer.jwtConfiguration.issuer, keys))) return { outcome: 'unauthorized' };
    const [scopes, wanted] = [scopesOf(claims), route.authorizationScopes];
    if (wanted.length > 0 && !wanted.some((one) => scopes.includes(one))) return { outcome: 'insufficient-scope' };
    return { outcome: 'valid', claims: isJsonObject(told) ? told : {}, scopes };
  } catch {
    return { outcome: 'unauthorized' };
  }
};
