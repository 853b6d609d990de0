import { createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import type { ReasonCode } from '../../../domain/reason-code.ts';
import type { AccessToken } from '../evidence/access-token.ts';
import type { DeviceAlgorithm } from '../evidence/algorithm.ts';
import type { DeviceToken } from '../evidence/device-token.ts';
import type { TokenProof } from '../evidence/proof.ts';

type Resolver = ReturnType<typeof createLocalJWKSet>;

const NO_SINGLE_KEY = ['ERR_JWKS_NO_MATCHING_KEY', 'ERR_JWKS_MULTIPLE_MATCHING_KEYS'];

// A set is imported once, however many tokens it judges.
const resolvers = new WeakMap<JSONWebKeySet, Resolver>();

const resolverOf = (keySet: JSONWebKeySet): Resolver => {
  const known = resolvers.get(keySet) ?? createLocalJWKSet(keySet);
  resolvers.set(keySet, known);
  return known;
};

/** Why a token is not one that this key set signed. jose finds the one key that fits `kid` and `alg`, and takes no RSA key below 2,048 bits. */
export const refusalOfSignature = async ({ text, header }: AccessToken, keySet: JSONWebKeySet): Promise<ReasonCode | undefined> => {
  try {
    await compactVerify(text, resolverOf(keySet), { algorithms: [header.alg] });
    return undefined;
  } catch (error) {
    return NO_SINGLE_KEY.includes(codeOf(error)) ? 'unknown-key' : 'evidence-refused';
  }
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Whether a proof is signed by the key in it, and that key is the one whose thumbprint (RFC 7638) this is. */
export const isProofOf = async ({ text, header: { alg, jwk } }: TokenProof, thumbprint: string): Promise<boolean> => {
  try {
    if ((await calculateJwkThumbprint(jwk, 'sha256')) !== thumbprint) return false;
    await compactVerify(text, jwk, { algorithms: [alg] });
    return true;
  } catch {
    return false;
  }
};

/** Whether a device token is signed by one of these keys, SubjectPublicKeyInfo in base64. */
export const isSignedByOneOf = async (
  { text, header: { alg } }: Pick<DeviceToken, 'text' | 'header'>,
  keys: readonly string[],
): Promise<boolean> => {
  const fitting = keys.map(publicKeyOf).filter((key) => key !== undefined && isFor(alg, key));
  for (const key of fitting) if (key !== undefined && (await isSignedBy(text, alg, key))) return true;
  return false;
};

const publicKeyOf = (spki: string): KeyObject | undefined => {
  try {
    return createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
};

const isFor = (alg: DeviceAlgorithm, { asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean =>
  alg === 'ES256' ? asymmetricKeyDetails?.namedCurve === 'prime256v1' : asymmetricKeyType === 'rsa';

const isSignedBy = async (text: string, alg: DeviceAlgorithm, key: KeyObject): Promise<boolean> => {
  try {
    await compactVerify(text, key, { algorithms: [alg] });
    return true;
  } catch {
    return false;
  }
};
