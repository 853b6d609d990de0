import type { KeyObject } from 'node:crypto';
import * as z from 'zod/mini';
import { publicJwk, type PublicJwk } from '../../domain/manufacturer.ts';

/** The least modulus that still counts (NIST SP 800-131A). */
const MIN_RSA_BITS = 2048;

/** A public key as the JWK that names it, or `undefined` where it is of a kind that signs no manifests. */
export const jwkOf = (key: KeyObject): PublicJwk | undefined => {
  if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < MIN_RSA_BITS) return undefined;
  try {
    return z.safeParse(publicJwk, key.export({ format: 'jwk' })).data;
  } catch {
    return undefined; // a kind of key that has no JWK
  }
};
