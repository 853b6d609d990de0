import { createPublicKey, type KeyObject } from 'node:crypto';

const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 4096;

/** The SubjectPublicKeyInfo, in base64, of a public key in PEM; `undefined` where no device is let in with it. */
export const deviceKeyIn = (pem: string): string | undefined => {
  try {
    const key = createPublicKey(pem);
    return isAcceptable(key) ? key.export({ type: 'spki', format: 'der' }).toString('base64') : undefined;
  } catch {
    return undefined;
  }
};

// What ES256 and RS256 are made with (RFC 7518 §3.3, §3.4).
const isAcceptable = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean => {
  const { namedCurve, modulusLength = 0 } = asymmetricKeyDetails ?? {};
  return namedCurve === 'prime256v1' || (asymmetricKeyType === 'rsa' && modulusLength >= MIN_RSA_BITS && modulusLength <= MAX_RSA_BITS);
};
