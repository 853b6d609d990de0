import 'reflect-metadata'; // @peculiar/x509 resolves its parts through it
import { generateKeyPairSync, webcrypto } from 'node:crypto';
import { PublicKey, X509CertificateGenerator } from '@peculiar/x509';
import type { Identity } from './mqtt-connection.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const authority = await webcrypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
let serial = 0x10;

/** A key with a certificate from an authority that AWS IoT has never heard of. */
export const foreignIdentity = async (validity: { readonly from: string; readonly to: string }): Promise<Identity> => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  serial += 1;
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: serial.toString(16),
      subject: 'CN=AWS IoT Certificate',
      issuer: 'OU=Amazon Web Services,O=Amazon.com Inc.,L=Seattle,ST=Washington,C=US',
      notBefore: new Date(validity.from),
      notAfter: new Date(validity.to),
      signingAlgorithm: ALGORITHM,
      publicKey: new PublicKey(publicKey.export({ type: 'spki', format: 'der' })),
      signingKey: authority.privateKey,
    },
    webcrypto,
  );
  return { certificatePem: certificate.toString('pem'), privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
};

/** A key with a certificate that nobody else vouches for. */
export const selfSignedIdentity = async (): Promise<Identity> => {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    { name: 'CN=AWS IoT Certificate', notAfter: new Date('2049-12-31'), signingAlgorithm: ALGORITHM, keys },
    webcrypto,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    certificatePem: certificate.toString('pem'),
    privateKeyPem: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
  };
};
