import 'reflect-metadata';

import * as x509 from '@peculiar/x509';
import { webcrypto } from 'node:crypto';

/** A key and its certificate, PEM, with the certificate's DER beside it. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
  readonly der: Buffer;
}

x509.cryptoProvider.set(webcrypto);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const validity = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2049-12-31T23:59:59Z') };
let serialNumber = 0x10;

const makeKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const identityOf = async (certificate: x509.X509Certificate, keys: webcrypto.CryptoKeyPair): Promise<Identity> => ({
  key: x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
  cert: certificate.toString('pem'),
  der: Buffer.from(certificate.rawData),
});

/** A certificate that nobody but itself vouches for: registration is what counts. */
export const makeClientIdentity = async (): Promise<Identity> => {
  const keys = await makeKeys();
  serialNumber += 1;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber.toString(16),
    name: 'CN=AWS IoT Certificate',
    ...validity,
    signingAlgorithm: algorithm,
    keys,
  });
  return identityOf(certificate, keys);
};

/** A server for `localhost`, 127.0.0.1 and that endpoint name, and the root that vouches for it. */
export const makeServerIdentity = async (endpoint: string): Promise<Identity & { readonly rootCa: string }> => {
  const rootKeys = await makeKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Test Root',
    ...validity,
    signingAlgorithm: algorithm,
    keys: rootKeys,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)],
  });
  const keys = await makeKeys();
  const names: x509.JsonGeneralNames = [
    { type: 'dns', value: 'localhost' },
    { type: 'dns', value: endpoint },
    { type: 'ip', value: '127.0.0.1' },
  ];
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '02',
    subject: 'CN=localhost',
    issuer: root.subject,
    ...validity,
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: rootKeys.privateKey,
    extensions: [new x509.SubjectAlternativeNameExtension(names), new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth])],
  });
  return { ...(await identityOf(certificate, keys)), rootCa: root.toString('pem') };
};
