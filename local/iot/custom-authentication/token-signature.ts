import { createPublicKey, verify } from 'node:crypto';
import type { Authorizer } from '../registry/authorizer.ts';
/** What a request gives in proof. */
export interface SignedToken {
  readonly token: string | undefined;
  /** Base64. */
  readonly signature: string | undefined;
}

/** A token with what was found out about its signature. */
export interface CheckedToken {
  readonly token?: string;
  readonly isVerified: boolean;
}

/** SM: the longest token and signature, in characters. */
const maximumToken = 6144;
const maximumSignature = 2560;

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** RSA PKCS #1 v1.5 over SHA-256 (DG:custom-auth, "Signing the token"), by any of the keys: that is how keys are rotated. */
const isSignedBy = (keys: Iterable<string>, token: string, signature: string): boolean =>
  [...keys].some((pem) => verify('sha256', Buffer.from(token), createPublicKey(pem), Buffer.from(signature, 'base64')));

/**
 * The token of a request, its signature verified unless the authorizer has signing disabled. Undefined when a request
 * that needs them has no token, no signature, or one that no key of the authorizer made.
 */
export const checkToken = (
  { signingDisabled, tokenSigningPublicKeys }: Authorizer,
  { token, signature }: SignedToken,
): CheckedToken | undefined => {
  if (signingDisabled) return token === undefined ? { isVerified: false } : { token, isVerified: false };
  if (token === undefined || signature === undefined) return undefined;
  if (token === '' || token.length > maximumToken) return undefined;
  if (signature.length > maximumSignature || !base64.test(signature)) return undefined;
  return isSignedBy(Object.values(tokenSigningPublicKeys), token, signature) ? { token, isVerified: true } : undefined;
};
