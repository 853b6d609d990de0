import * as z from 'zod/mini';

const MAX_KEYS = 64;
const part = z.string().check(z.maxLength(2048));

/** A public key of an issuer (RFC 7517 §4). What else stands in it is left out, private parts above all. */
const publicKey = z.union([
  z.object({ kty: z.literal('EC'), crv: part, x: part, y: part, ...described() }),
  z.object({ kty: z.literal('RSA'), n: part, e: part, ...described() }),
]);

function described() {
  return { kid: z.exactOptional(part), alg: z.exactOptional(part), use: z.exactOptional(part) };
}

const keySet = z.object({ keys: z.array(z.unknown()).check(z.maxLength(MAX_KEYS)) });

export type PublicKey = z.infer<typeof publicKey>;

/** Public keys by which tokens are checked. */
export interface PublicKeySet {
  readonly keys: PublicKey[];
}

/** Reads a key set; keys of other kinds are left out, since an issuer may have some for other uses. @throws where none is left. */
export const parsePublicKeySet = (value: unknown): PublicKeySet => {
  const keys = z.parse(keySet, value).keys.flatMap((key) => z.safeParse(publicKey, key).data ?? []);
  if (keys.length === 0) throw new TypeError('The key set holds no public key that a token could be checked with.');
  return { keys };
};
