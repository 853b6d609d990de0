import { createPrivateKey, X509Certificate } from 'node:crypto';

/** Whether this is a certificate and the private key that it was made for, both in PEM. */
export const isPair = (certificatePem: string | undefined, privateKeyPem: string | undefined): boolean => {
  if (certificatePem === undefined || privateKeyPem === undefined) return false;
  try {
    return new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(privateKeyPem));
  } catch {
    return false;
  }
};
