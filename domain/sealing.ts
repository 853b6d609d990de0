import { createHash, type KeyObject } from 'node:crypto';
import * as z from 'zod/mini';
import { type KeyId, keyId } from './manufacturer.ts';

/** How secrets are encrypted to a public key (RFC 7518 §4, §5). */
export const sealAlgorithms = ['ECDH-ES+A256KW', 'RSA-OAEP-256'] as const;
export const SEAL_ENCRYPTION = 'A256GCM';

export type SealAlgorithm = (typeof sealAlgorithms)[number];

const MIN_RSA_BITS = 2048;
const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];

/** By which algorithm something is sealed to this key; `undefined` where nothing should be. */
export const sealAlgorithmOf = ({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject): SealAlgorithm | undefined => {
  const { namedCurve, modulusLength } = asymmetricKeyDetails;
  if (asymmetricKeyType === 'ec' && namedCurve !== undefined && CURVES.includes(namedCurve)) return 'ECDH-ES+A256KW';
  return asymmetricKeyType === 'rsa' && modulusLength !== undefined && modulusLength >= MIN_RSA_BITS ? 'RSA-OAEP-256' : undefined;
};

const number = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,1366}$/));

/** A public key to seal to as a JWK (RFC 7517), with the members that a thumbprint is made of and no other: least of all a private one. */
export const recipientJwk = z.discriminatedUnion('kty', [
  z.strictObject({ kty: z.literal('EC'), crv: z.enum(['P-256', 'P-384', 'P-521']), x: number, y: number }),
  z.strictObject({ kty: z.literal('RSA'), n: number, e: number }),
]);

export type RecipientJwk = z.infer<typeof recipientJwk>;

/** The thumbprint of such a key (RFC 7638 §3.2: the members in the order of their names). */
export const recipientIdOf = (jwk: RecipientJwk): KeyId => {
  const members = Object.fromEntries(Object.entries(jwk).sort(([one], [other]) => (one < other ? -1 : 1)));
  return z.parse(keyId, createHash('sha256').update(JSON.stringify(members)).digest('base64url'));
};
