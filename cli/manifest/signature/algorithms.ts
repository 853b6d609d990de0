import { constants } from 'node:crypto';
import type { PublicJwk } from '../../../domain/manufacturer.ts';

/** The signatures that are accepted (RFC 7518 §3.1, RFC 8037 §3.1). Whatever else a header asks for is refused, `none` first of all. */
export const algorithms = ['ES256', 'ES384', 'PS256', 'RS256', 'EdDSA'] as const;

export type SignatureAlgorithm = (typeof algorithms)[number];

/** What each asks of the signature, in the words of node:crypto. */
export const signatureOptions = {
  ES256: { dsaEncoding: 'ieee-p1363' },
  ES384: { dsaEncoding: 'ieee-p1363' },
  PS256: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
  RS256: { padding: constants.RSA_PKCS1_PADDING },
  EdDSA: {},
} as const;

/** What each is hashed with; Ed25519 hashes by itself, and all at once. */
export const hashes = { ES256: 'sha256', ES384: 'sha384', PS256: 'sha256', RS256: 'sha256', EdDSA: undefined } as const;

/** Whether a key is of the kind that an algorithm needs: a header cannot make an EC key verify as something else. */
export const fits = (algorithm: SignatureAlgorithm, jwk: PublicJwk): boolean => {
  switch (algorithm) {
    case 'ES256':
      return jwk.kty === 'EC' && jwk.crv === 'P-256';
    case 'ES384':
      return jwk.kty === 'EC' && jwk.crv === 'P-384';
    case 'PS256':
    case 'RS256':
      return jwk.kty === 'RSA';
    case 'EdDSA':
      return jwk.kty === 'OKP';
  }
};
