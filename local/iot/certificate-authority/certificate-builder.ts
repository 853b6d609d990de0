import type { KeyObject } from 'node:crypto';
import { createHash, sign } from 'node:crypto';
import { bitsOf, DerError, readChildren, readElement } from './der-reader.ts';
import {
  derBits,
  derElement,
  derInteger,
  derObjectIdentifier,
  derOctets,
  derSequence,
  derSet,
  derText,
  derTime,
  derTrue,
} from './der-writer.ts';

/** What an X.509 version 3 certificate says (RFC 5280 §4.1), every part already in DER where it is a Buffer. */
export interface CertificateContent {
  /** Magnitude of the serial number. */
  readonly serialNumber: Buffer;
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly publicKeyInfo: Buffer;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly extensions: readonly Buffer[];
}

const identifiers = {
  organizationalUnit: derObjectIdentifier('2.5.4.11'),
  organization: derObjectIdentifier('2.5.4.10'),
  country: derObjectIdentifier('2.5.4.6'),
  commonName: derObjectIdentifier('2.5.4.3'),
} as const;

const ecdsaWithSha256 = derSequence(derObjectIdentifier('1.2.840.10045.4.3.2'));

const version3 = derElement(0xa0, derInteger(Buffer.from([2])));

/** A distinguished name of one attribute per level, in the order given. */
export const distinguishedName = (...attributes: readonly (readonly [keyof typeof identifiers, string])[]): Buffer =>
  derSequence(...attributes.map(([type, value]) => derSet(derSequence(identifiers[type], derText(value)))));

/** RFC 5280 §4.2: Extension ::= SEQUENCE { extnID, critical DEFAULT FALSE, extnValue OCTET STRING } */
export const extension = (identifier: string, value: Buffer, isCritical = false): Buffer => {
  const critical = isCritical ? [derTrue] : [];
  return derSequence(derObjectIdentifier(identifier), ...critical, derOctets(value));
};

/** RFC 5280 §4.2.1.2, method 1: SHA-1 over the bits of the public key. */
export const keyIdentifierOf = (publicKeyInfo: Buffer): Buffer => {
  const bits = readChildren(publicKeyInfo, readElement(publicKeyInfo, 0), 0x30)[1];
  if (bits === undefined) throw new DerError('the key info has no key');
  return createHash('sha1').update(bitsOf(publicKeyInfo, bits)).digest();
};

/** The certificate in DER, signed with an EC P-256 key. */
export const buildCertificate = (content: CertificateContent, signerKey: KeyObject): Buffer => {
  const toBeSigned = derSequence(
    version3,
    derInteger(content.serialNumber),
    ecdsaWithSha256,
    content.issuer,
    derSequence(derTime(content.notBefore), derTime(content.notAfter)),
    content.subject,
    content.publicKeyInfo,
    derElement(0xa3, derSequence(...content.extensions)),
  );
  return derSequence(toBeSigned, ecdsaWithSha256, derBits(sign('sha256', toBeSigned, signerKey)));
};
