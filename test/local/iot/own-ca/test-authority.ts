import 'reflect-metadata';

import { webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);

/** A certificate and its private key, both PEM. */
export interface IssuedIdentity {
  readonly cert: string;
  readonly key: string;
  readonly der: Buffer;
  /** SHA-256 over the DER, as AWS IoT names certificates. */
  readonly id: string;
}

const ec = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export const rsa = (modulusLength = 2048) => ({
  ...{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength },
  publicExponent: Uint8Array.from([1, 0, 1]),
});

type Algorithm = typeof ec | ReturnType<typeof rsa>;

const makeKeys = (algorithm: Algorithm): Promise<webcrypto.CryptoKeyPair> =>
  'namedCurve' in algorithm
    ? webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
    : webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

export interface CertificateWishes {
  /** e.g. `CN=lamp-1, C=DE`, or attributes one by one. */
  readonly name?: x509.JsonName | string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly algorithm?: Algorithm;
  /** Of the signature; SHA-256 unless given. */
  readonly hash?: string;
  /** Keys to use again. */
  readonly keys?: webcrypto.CryptoKeyPair;
  /** Instead of what the role of the certificate asks for. */
  readonly extensions?: x509.Extension[];
}

let serialNumber = 0x1000;

const contentOf = (wishes: CertificateWishes) => ({
  serialNumber: (serialNumber += 1).toString(16),
  notBefore: wishes.notBefore ?? new Date('2020-01-01T00:00:00Z'),
  notAfter: wishes.notAfter ?? new Date('2049-12-31T23:59:59Z'),
});

const identityOf = async (certificate: x509.X509Certificate, keys: webcrypto.CryptoKeyPair): Promise<IssuedIdentity> => {
  const der = Buffer.from(certificate.rawData);
  return {
    ...{ cert: certificate.toString('pem'), der },
    key: x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
    id: new X509Certificate(der).fingerprint256.replaceAll(':', '').toLowerCase(),
  };
};

/** An authority of one's own, as a manufacturer has it. */
export interface TestAuthority extends IssuedIdentity {
  readonly keys: webcrypto.CryptoKeyPair;
  issue(wishes?: CertificateWishes): Promise<IssuedIdentity>;
}

const authorityExtensions = () => [
  new x509.BasicConstraintsExtension(true, undefined, true),
  new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
];

let authorities = 0;

/** Makes a self-signed authority; every one has a subject of its own unless a name is given. */
export const makeAuthority = async (wishes: CertificateWishes = {}): Promise<TestAuthority> => {
  const { algorithm = ec, extensions = authorityExtensions(), name = `CN=Authority ${(authorities += 1)}` } = wishes;
  const hash = wishes.hash ?? 'SHA-256';
  const signingAlgorithm = { ...algorithm, hash };
  const keys = wishes.keys ?? (await makeKeys(signingAlgorithm)); // an RSA key signs with the hash that it was made for
  const root = await x509.X509CertificateGenerator.createSelfSigned({ ...contentOf(wishes), name, signingAlgorithm, keys, extensions });
  return {
    ...(await identityOf(root, keys)),
    keys,
    issue: async (wanted = {}) => {
      const deviceKeys = wanted.keys ?? (await makeKeys(wanted.algorithm ?? ec));
      const certificate = await x509.X509CertificateGenerator.create({
        ...contentOf(wanted),
        ...{ subject: wanted.name ?? 'CN=device', issuer: root.subjectName, extensions: wanted.extensions ?? [] },
        ...{ publicKey: deviceKeys.publicKey, signingKey: keys.privateKey, signingAlgorithm: { ...algorithm, hash: wanted.hash ?? hash } },
      });
      return identityOf(certificate, deviceKeys);
    },
  };
};
