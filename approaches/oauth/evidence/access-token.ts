import * as z from 'zod/mini';
import { signatureAlgorithms } from './algorithm.ts';
import { headerWith, nameClaim, sha256Claim, timeClaim } from './claims.ts';
import type { JsonObject } from './json-object.ts';
import type { UnverifiedJws } from './jws.ts';

const MAX_AUDIENCES = 16;

const header = headerWith(signatureAlgorithms);

/** RFC 9068 §2.2; whether there must be an audience is the issuer's setting. */
const claims = z.object({
  iss: nameClaim,
  sub: nameClaim,
  client_id: nameClaim,
  jti: nameClaim,
  iat: timeClaim,
  exp: timeClaim,
  nbf: z.exactOptional(timeClaim),
  aud: z.exactOptional(z.union([nameClaim, z.array(nameClaim).check(z.minLength(1), z.maxLength(MAX_AUDIENCES))])),
  /** RFC 9449 §6.1. A token that is bound in another way cannot be proven here. */
  cnf: z.exactOptional(z.strictObject({ jkt: sha256Claim })),
  /** Where an issuer says what a token is for, it must be this (Amazon Cognito). */
  token_use: z.exactOptional(z.literal('access')),
});

/** A token that an issuer gave to a device, as far as anybody can read it. */
export interface AccessToken {
  readonly text: string;
  readonly header: z.infer<typeof header>;
  readonly claims: z.infer<typeof claims>;
  /** All claims, those included whose names the configuration says. */
  readonly all: JsonObject;
}

/** Reads an access token, or `undefined` where its form is not that of one. */
export const readAccessToken = (jws: UnverifiedJws): AccessToken | undefined => {
  const [readHeader, readClaims] = [z.safeParse(header, jws.header), z.safeParse(claims, jws.claims)];
  if (!readHeader.success || !readClaims.success) return undefined;
  return { text: jws.text, header: readHeader.data, claims: readClaims.data, all: jws.claims };
};
