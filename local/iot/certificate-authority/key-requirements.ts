import type { KeyObject } from 'node:crypto';

/** OpenSSL's names of NIST P-256, P-384 and P-521. */
const acceptedCurves: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

const minimumRsaBits = 2048;

/** Why AWS IoT refuses a device's public key (SDK CreateCertificateFromCsr, DG:x509-client-certs), or undefined when it does not. */
export const keyObjection = (publicKey: KeyObject): string | undefined => {
  const { modulusLength = 0, namedCurve = 'an unnamed curve' } = publicKey.asymmetricKeyDetails ?? {};
  const type = publicKey.asymmetricKeyType ?? 'unknown';
  if (type === 'rsa' || type === 'rsa-pss') {
    return modulusLength >= minimumRsaBits ? undefined : `an RSA key of ${modulusLength} bits; at least ${minimumRsaBits} are required`;
  }
  if (type === 'ec') {
    return acceptedCurves.has(namedCurve) ? undefined : `an EC key on ${namedCurve}; P-256, P-384 or P-521 is required`;
  }
  return `a key of type ${type}; RSA or EC is required`;
};
