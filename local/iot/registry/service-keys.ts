import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

/** A key pair that AWS IoT makes for a device. */
export interface ServiceKeyPair {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKeyInfo: Buffer;
  readonly publicKeyPem: string;
  /** PKCS #1. */
  readonly privateKeyPem: string;
}

/** RSA 2048 (SDK CreateKeysAndCertificate), made off the main thread. */
export const generateServiceKeyPair = async (): Promise<ServiceKeyPair> => {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return {
    publicKeyInfo: publicKey.export({ format: 'der', type: 'spki' }),
    publicKeyPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs1' }).toString(),
  };
};
