import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { deviceAlgorithms } from './algorithm.ts';
import { nameClaim, sha256Claim } from './claims.ts';
import type { UnverifiedJws } from './jws.ts';

/** No other kind of token says this of itself, so none can be taken for a proof, and no proof for another (RFC 8725 §3.11). */
export const PROOF_TYPE = 'muster-proof+jwt';
export const PROOF_PURPOSE = 'mqtt-connect';

const MAX_COUNTER = 2 ** 32 - 1;
const MAX_KEY_PART_LENGTH = 1024;

const keyPart = z.string().check(z.regex(/^[A-Za-z0-9_-]+$/), z.maxLength(MAX_KEY_PART_LENGTH));

/** A public key and nothing else (RFC 7517 §4); no private part, and no word on what it is for. */
const publicJwk = z.union([
  z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: keyPart, y: keyPart }),
  z.strictObject({ kty: z.literal('RSA'), n: keyPart, e: keyPart }),
]);

const header = z.strictObject({ typ: z.literal(PROOF_TYPE), alg: z.enum(deviceAlgorithms), jwk: publicJwk });

const claims = z.strictObject({
  /** What it is made for, as `htm` and `htu` say it of a request (RFC 9449 §4.2). */
  purpose: z.literal(PROOF_PURPOSE),
  /** The endpoint that is dialled, as it stands in TLS. */
  aud: nameClaim,
  /** The client id of the CONNECT packet. */
  client_id: nameClaim,
  /** Whole seconds since the epoch. */
  iat: z.int().check(z.minimum(0), z.maximum(99_999_999_999)),
  /** Greater than in every proof before: orders the proofs of one second. */
  counter: z.int().check(z.minimum(0), z.maximum(MAX_COUNTER)),
  /** 128 random bits. */
  jti: nameClaim,
  /** SHA-256 of the access token that it goes with. */
  ath: sha256Claim,
});

export type ProofClaims = z.infer<typeof claims>;

/** What binds an access token to a connection, as far as anybody can read it. */
export interface TokenProof {
  readonly text: string;
  readonly header: z.infer<typeof header>;
  readonly claims: ProofClaims;
}

/** Reads a proof, or `undefined` where its form is not that of one; members that nobody asked for make it none. */
export const readTokenProof = (jws: UnverifiedJws): TokenProof | undefined => {
  const [readHeader, readClaims] = [z.safeParse(header, jws.header), z.safeParse(claims, jws.claims)];
  if (!readHeader.success || !readClaims.success) return undefined;
  return { text: jws.text, header: readHeader.data, claims: readClaims.data };
};

/** How a proof names the token that it goes with (RFC 9449 §4.1, `ath`). */
export const tokenHashOf = (token: string): string => createHash('sha256').update(token, 'ascii').digest('base64url');
