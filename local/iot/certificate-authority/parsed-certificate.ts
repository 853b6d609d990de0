import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate, type Name } from '@peculiar/asn1-x509';
import { signatureObjection, type SignedStructure } from './signature-requirements.ts';

/** An X.509 certificate that somebody else issued. */
export interface ParsedCertificate {
  /** SHA-256 over the DER, 64 lower-case hex digits. */
  readonly certificateId: string;
  readonly x509: X509Certificate;
  readonly publicKey: KeyObject;
  readonly subject: Name;
  readonly issuer: Name;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly signed: SignedStructure;
}

const parse = (der: Buffer): ParsedCertificate | undefined => {
  const x509 = new X509Certificate(der);
  // OpenSSL stops where the certificate ends; whatever follows would be vouched for by nobody.
  if (!x509.raw.equals(der)) return undefined;
  const { tbsCertificate, tbsCertificateRaw, signatureAlgorithm, signatureValue } = AsnConvert.parse(der, Certificate);
  const notBefore = x509.validFromDate.getTime();
  const notAfter = x509.validToDate.getTime();
  if (tbsCertificateRaw === undefined || Number.isNaN(notBefore) || Number.isNaN(notAfter)) return undefined;
  return {
    certificateId: createHash('sha256').update(der).digest('hex'),
    x509,
    publicKey: x509.publicKey,
    ...{ subject: tbsCertificate.subject, issuer: tbsCertificate.issuer, notBefore, notAfter },
    signed: { algorithm: signatureAlgorithm, signed: Buffer.from(tbsCertificateRaw), signature: Buffer.from(signatureValue) },
  };
};

/** The certificate in those bytes; undefined when they are anything but one whole certificate in DER. */
export const parseCertificate = (der: Buffer): ParsedCertificate | undefined => {
  try {
    return parse(der);
  } catch {
    return undefined; // both libraries throw at what is no certificate, and at keys that they do not know
  }
};

/** A distinguished name's DER in hex, to compare names by. */
export const nameKey = (name: Name): string => Buffer.from(AsnConvert.serialize(name)).toString('hex');

/** Whether that authority signed the certificate: by name, key identifier and key usage (RFC 5280 §6.1.3), and by signature. */
export const isIssuedBy = (certificate: ParsedCertificate, authority: ParsedCertificate): boolean =>
  certificate.x509.checkIssued(authority.x509) && signatureObjection(certificate.signed, authority.publicKey) === undefined;
