import type { KeyObject } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import { CertificationRequest } from '@peculiar/asn1-csr';
import { AsnConvert } from '@peculiar/asn1-schema';
import type { Name, SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { invalidRequest } from '../refusals.ts';
import { keyObjection } from './key-requirements.ts';
import { decodePem } from './pem.ts';
import { signatureObjection, type SignedStructure } from './signature-requirements.ts';

/** What a certification request asks for, its proof of possession checked. Requested extensions are dropped: AWS IoT sets its own. */
export interface CertificateRequest {
  readonly subject: Name;
  readonly subjectPublicKeyInfo: SubjectPublicKeyInfo;
}

const maximumPemCharacters = 4096;

const refuse = (why: string): never => {
  throw invalidRequest(`The certificate signing request (CSR) is not acceptable: ${why}.`);
};

// The parser reads any BER and stops where the request ends; DER has one encoding for each value (X.690 §10), so it is written again and compared.
const parse = (der: Buffer): CertificationRequest => {
  try {
    const request = AsnConvert.parse(der, CertificationRequest);
    if (Buffer.from(AsnConvert.serialize(request)).equals(der)) return request;
  } catch {
    return refuse('it is no CertificationRequest of PKCS #10 (RFC 2986)');
  }
  return refuse('it is not encoded in DER, has no attributes, or bytes follow it');
};

const readPublicKey = (info: SubjectPublicKeyInfo): KeyObject => {
  try {
    return createPublicKey({ key: Buffer.from(AsnConvert.serialize(info)), format: 'der', type: 'spki' });
  } catch {
    return refuse('its public key cannot be read');
  }
};

const signedPartsOf = (request: CertificationRequest): SignedStructure => ({
  algorithm: request.signatureAlgorithm,
  signed: Buffer.from(request.certificationRequestInfoRaw ?? new ArrayBuffer(0)),
  signature: Buffer.from(request.signature),
});

/** Reads a PKCS #10 request in PEM, at most 4096 characters (SM CertificateSigningRequest). Throws `InvalidRequestException`. */
export const readCertificateRequest = (pem: string): CertificateRequest => {
  if (pem.length > maximumPemCharacters) return refuse(`it has ${pem.length} characters; at most ${maximumPemCharacters} are allowed`);
  const der = decodePem(pem, ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST']);
  if (der === undefined) return refuse('it is no PEM block labelled CERTIFICATE REQUEST');
  const request = parse(der);
  const { subject, subjectPKInfo: subjectPublicKeyInfo } = request.certificationRequestInfo;
  const publicKey = readPublicKey(subjectPublicKeyInfo);
  const keyFault = keyObjection(publicKey);
  if (keyFault !== undefined) return refuse(`it has ${keyFault}`);
  const signatureFault = signatureObjection(signedPartsOf(request), publicKey);
  return signatureFault === undefined ? { subject, subjectPublicKeyInfo } : refuse(`it has ${signatureFault}`);
};
