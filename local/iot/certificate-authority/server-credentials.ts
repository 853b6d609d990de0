import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { distinguishedName } from './distinguished-name.ts';
import {
  authorityKeyIdentifier,
  extendedKeyUsageServer,
  isLastAuthority,
  isNoAuthority,
  keyUsageCertificateSigning,
  keyUsageDigitalSignature,
  subjectAlternativeNames,
  subjectKeyIdentifier,
} from './extensions.ts';
import { publicKeyInfoOf } from './public-key-info.ts';
import type { CertificateContent } from './sign-certificate.ts';
import { signCertificate } from './sign-certificate.ts';

/** What the local endpoint shows to TLS clients, and the root that makes them trust it. All PEM. */
export interface ServerCredentials {
  readonly certificate: string;
  readonly privateKey: string;
  /** Stands where `AmazonRootCA1.pem` stands on AWS. */
  readonly rootCa: string;
  /** A certificate of the same key and root for another name. */
  certificateFor(dnsName: string): string;
}

/**
 * Fixed, and independent of the injected clock: TLS clients check these against the machine's own time, whatever
 * time the local AWS is told that it is.
 */
const validity = { notBefore: Date.UTC(2020, 0, 1), notAfter: Date.UTC(2049, 11, 31, 23, 59, 59) };

const makeKey = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, subjectPublicKeyInfo: publicKeyInfoOf(publicKey) };
};

/** Makes a root and a server certificate for those names (wildcards allowed), `localhost` and 127.0.0.1. */
export const createServerCredentials = (dnsNames: readonly string[]): ServerCredentials => {
  const root = makeKey();
  const server = makeKey();
  const issuer = distinguishedName(['country', 'US'], ['organization', 'Local AWS'], ['commonName', 'Local AWS Root CA 1']);
  const sign = (content: Pick<CertificateContent, 'subject' | 'subjectPublicKeyInfo' | 'extensions'>): string => {
    const der = signCertificate({ ...content, ...validity, issuer, randomSerial: randomBytes(16) }, root.privateKey);
    return new X509Certificate(der).toString();
  };
  const rootCa = sign({
    subject: issuer,
    subjectPublicKeyInfo: root.subjectPublicKeyInfo,
    extensions: [subjectKeyIdentifier(root.subjectPublicKeyInfo), isLastAuthority, keyUsageCertificateSigning],
  });
  const certificateFor = (names: readonly string[], addresses: readonly string[]): string =>
    sign({
      subject: distinguishedName(['commonName', names[0] ?? 'localhost']),
      subjectPublicKeyInfo: server.subjectPublicKeyInfo,
      extensions: [
        authorityKeyIdentifier(root.subjectPublicKeyInfo),
        subjectKeyIdentifier(server.subjectPublicKeyInfo),
        isNoAuthority,
        keyUsageDigitalSignature,
        extendedKeyUsageServer,
        subjectAlternativeNames({ dns: names, addresses }),
      ],
    });
  return {
    certificate: certificateFor([...dnsNames, 'localhost'], ['127.0.0.1']),
    privateKey: server.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    rootCa,
    certificateFor: (dnsName) => certificateFor([dnsName], []),
  };
};
