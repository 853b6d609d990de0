import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { buildCertificate, distinguishedName, keyIdentifierOf } from './certificate-builder.ts';
import {
  authorityKeyIdentifier,
  extendedKeyUsageServer,
  isAuthority,
  isNoAuthority,
  keyUsageCertificateSigning,
  keyUsageDigitalSignature,
  subjectAlternativeNames,
  subjectKeyIdentifier,
} from './extensions.ts';
import { encodePem } from './pem.ts';

/** What the local endpoint shows to TLS clients, and the root that makes them trust it. All PEM. */
export interface ServerCredentials {
  readonly certificate: string;
  readonly privateKey: string;
  /** Stands where `AmazonRootCA1.pem` stands on AWS. */
  readonly rootCa: string;
}

/**
 * Fixed, and independent of the injected clock: TLS clients check these against the machine's own time, whatever
 * time the local AWS is told that it is.
 */
const validity = { notBefore: Date.UTC(2020, 0, 1), notAfter: Date.UTC(2049, 11, 31, 23, 59, 59) };

const makeKey = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKeyInfo = publicKey.export({ format: 'der', type: 'spki' });
  return { privateKey, publicKeyInfo, identifier: keyIdentifierOf(publicKeyInfo) };
};

const serialNumber = (): Buffer => randomBytes(16);

/** Makes a root and a server certificate for those names (wildcards allowed), `localhost` and 127.0.0.1. */
export const createServerCredentials = (dnsNames: readonly string[]): ServerCredentials => {
  const root = makeKey();
  const server = makeKey();
  const rootName = distinguishedName(['country', 'US'], ['organization', 'Local AWS'], ['commonName', 'Local AWS Root CA 1']);
  const rootKeyIds = [subjectKeyIdentifier(root.identifier), isAuthority(0), keyUsageCertificateSigning];
  const rootCertificate = buildCertificate(
    {
      serialNumber: serialNumber(),
      issuer: rootName,
      subject: rootName,
      publicKeyInfo: root.publicKeyInfo,
      ...validity,
      extensions: rootKeyIds,
    },
    root.privateKey,
  );
  const extensions = [
    authorityKeyIdentifier(root.identifier),
    subjectKeyIdentifier(server.identifier),
    isNoAuthority,
    keyUsageDigitalSignature,
    extendedKeyUsageServer,
    subjectAlternativeNames({ dns: [...dnsNames, 'localhost'], ipv4: ['127.0.0.1'] }),
  ];
  const subject = distinguishedName(['commonName', dnsNames[0] ?? 'localhost']);
  const certificate = buildCertificate(
    { serialNumber: serialNumber(), issuer: rootName, subject, publicKeyInfo: server.publicKeyInfo, ...validity, extensions },
    root.privateKey,
  );
  return {
    certificate: encodePem('CERTIFICATE', certificate),
    privateKey: server.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    rootCa: encodePem('CERTIFICATE', rootCertificate),
  };
};
