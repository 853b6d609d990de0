import 'reflect-metadata';
import { createHash, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

cryptoProvider.set(webcrypto);

const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export interface IssuedIdentity {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

export interface CertificateWishes {
  readonly subject: string;
  /** Names and addresses of a server. */
  readonly hosts?: readonly { readonly type: 'dns' | 'ip'; readonly value: string }[];
  readonly notBefore?: Date;
}

/** Signs what it is asked to sign: enough of a certificate authority for tests of a client. */
export const createCertificateAuthority = async () => {
  const keys = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  const issue = async (publicKey: webcrypto.CryptoKey, { subject, hosts, notBefore }: CertificateWishes): Promise<string> => {
    const certificate = await X509CertificateGenerator.create({
      subject,
      issuer: 'CN=Test Authority',
      publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: P256,
      notBefore: notBefore ?? new Date('2020-01-01'),
      notAfter: new Date('2049-12-31'),
      extensions: hosts === undefined ? [] : [new SubjectAlternativeNameExtension([...hosts])],
    });
    return `${certificate.toString('pem')}\n`;
  };
  const root = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Test Authority',
    keys,
    signingAlgorithm: P256,
    notBefore: new Date('2020-01-01'),
    notAfter: new Date('2049-12-31'),
    extensions: [new BasicConstraintsExtension(true)],
  });
  return {
    rootPem: `${root.toString('pem')}\n`,
    signRequest: async (csrPem: string): Promise<string> => {
      const csr = new Pkcs10CertificateRequest(csrPem);
      if (!(await csr.verify())) throw new Error('The request is not signed by its key.');
      const publicKey = await webcrypto.subtle.importKey('spki', csr.publicKey.rawData, P256, true, ['verify']);
      return issue(publicKey, { subject: csr.subject });
    },
    makeIdentity: async (wishes: CertificateWishes): Promise<IssuedIdentity> => {
      const pair = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
      const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey)).toString('base64');
      return {
        certificatePem: await issue(pair.publicKey, wishes),
        privateKeyPem: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
      };
    },
  };
};

export type CertificateAuthority = Awaited<ReturnType<typeof createCertificateAuthority>>;

export const digestOf = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
