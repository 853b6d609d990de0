import * as z from 'zod/mini';
import type { SignatureAlgorithm } from './algorithm.ts';

const MAX_NAME_LENGTH = 512;
const LAST_SECOND = 253_402_300_799; // of the year 9999

/** A name in a token: never empty, and of bounded length. */
export const nameClaim = z.string().check(z.minLength(1), z.maxLength(MAX_NAME_LENGTH));

/** Seconds since the epoch, perhaps with a fraction (RFC 7519 §2, NumericDate). */
export const timeClaim = z.number().check(z.minimum(0), z.maximum(LAST_SECOND));

/** SHA-256 in base64url: 43 characters, the last of which has two loose bits that must be zero. */
export const sha256Claim = z.string().check(z.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/));

// JSON has no `undefined`, so these may not be there at all.
const absent = z.optional(z.undefined());

/**
 * A header with one of these algorithms. What would bring a key along or point to one is refused (RFC 8725 §3.10), and so is what
 * must be understood, since nothing of it is (RFC 7515 §4.1.11). Other members are ignored.
 */
export const headerWith = <Algorithm extends SignatureAlgorithm>(algorithms: readonly Algorithm[]) =>
  z.object({
    alg: z.enum(algorithms),
    typ: z.exactOptional(nameClaim),
    kid: z.exactOptional(nameClaim),
    jwk: absent,
    jku: absent,
    x5c: absent,
    x5u: absent,
    crit: absent,
    b64: absent,
  });
