import type { KeyObject } from 'node:crypto';

const MIN_RSA_BITS = 2048;
/** P-256 and P-384, by the names that OpenSSL gives them. */
const CURVES = ['prime256v1', 'secp384r1'];

/** Whether a public key is of a kind that AWS IoT takes. RSA-PSS keys, Edwards curves, P-521 and curves given by explicit parameters are not. */
export const isAcceptableKey = (key: KeyObject): boolean => {
  const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ec') return namedCurve !== undefined && CURVES.includes(namedCurve);
  return key.asymmetricKeyType === 'rsa' && modulusLength !== undefined && modulusLength >= MIN_RSA_BITS;
};
