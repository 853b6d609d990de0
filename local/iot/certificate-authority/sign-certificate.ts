import type { KeyObject } from 'node:crypto';
import { sign } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import type { Extension, Name, SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { AlgorithmIdentifier, Certificate, Extensions, TBSCertificate, Validity, Version } from '@peculiar/asn1-x509';

/** What an X.509 version 3 certificate says (RFC 5280 §4.1). */
export interface CertificateContent {
  /** At most 20 random octets, of which a positive serial number is made. */
  readonly randomSerial: Buffer;
  readonly issuer: Name;
  readonly subject: Name;
  readonly subjectPublicKeyInfo: SubjectPublicKeyInfo;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly extensions: readonly Extension[];
}

/** A signature algorithm and the digest that goes with it, by OpenSSL's name. */
export interface SignatureScheme {
  readonly identifier: AlgorithmIdentifier;
  readonly digest: string;
}

// RFC 5758 §3.2: ecdsa-with-SHA256.
const ecdsaWithSha256: SignatureScheme = {
  identifier: new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' }),
  digest: 'sha256',
};

// RFC 5280 §4.1.2.2: positive; the second bit set keeps the length.
const positive = (random: Buffer): ArrayBuffer => {
  const serial = Uint8Array.from(random);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial.buffer;
};

/** The certificate in DER, signed with a key that fits the scheme: of EC unless one is given. */
export const signCertificate = (content: CertificateContent, signerKey: KeyObject, scheme = ecdsaWithSha256): Buffer => {
  const { identifier: signatureAlgorithm, digest } = scheme;
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: positive(content.randomSerial),
    signature: signatureAlgorithm,
    issuer: content.issuer,
    validity: new Validity({ notBefore: new Date(content.notBefore), notAfter: new Date(content.notAfter) }),
    subject: content.subject,
    subjectPublicKeyInfo: content.subjectPublicKeyInfo,
    extensions: new Extensions([...content.extensions]),
  });
  const signature = sign(digest, Buffer.from(AsnConvert.serialize(tbsCertificate)), signerKey);
  const certificate = new Certificate({ tbsCertificate, signatureAlgorithm, signatureValue: new Uint8Array(signature).buffer });
  return Buffer.from(AsnConvert.serialize(certificate));
};
