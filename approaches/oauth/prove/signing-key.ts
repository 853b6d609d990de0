import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { UnusableMeansError } from '../../../domain/prover.ts';
import type { DeviceAlgorithm } from '../evidence/algorithm.ts';

const MIN_RSA_BITS = 2048;

/** A private key that signs tokens. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly alg: DeviceAlgorithm;
  /** Its public half and nothing else (RFC 7517 §4). */
  readonly publicJwk: Readonly<Record<string, unknown>>;
}

/** Reads a P-256 or RSA key from PEM, PKCS#8 or as OpenSSL used to write them. @throws UnusableMeansError; the message repeats nothing of it. */
export const readSigningKey = (pem: string, what: string): SigningKey => {
  try {
    const key = createPrivateKey(pem);
    const alg = algorithmOf(key);
    if (alg !== undefined) return { key, alg, publicJwk: createPublicKey(pem).export({ format: 'jwk' }) };
  } catch {
    // What OpenSSL says of it helps nobody and may repeat parts of it.
  }
  throw new UnusableMeansError(
    `The ${what} of the credential file is no private key of P-256, nor of RSA with 2,048 bits or more, in PEM.`,
  );
};

const algorithmOf = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): DeviceAlgorithm | undefined => {
  if (asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'ES256';
  return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_RSA_BITS ? 'RS256' : undefined;
};

/** Signs claims; `header` says more than the algorithm. */
export const signClaims = async (
  { key, alg }: SigningKey,
  claims: JWTPayload,
  header: Readonly<Record<string, unknown>>,
): Promise<string> => new SignJWT(claims).setProtectedHeader({ ...header, alg }).sign(key);
