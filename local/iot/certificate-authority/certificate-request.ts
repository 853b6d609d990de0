import type { KeyObject } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import { invalidRequest } from '../refusals.ts';
import type { DerElement } from './der-reader.ts';
import { bitsOf, DerError, readChildren, readElement, wholeOf } from './der-reader.ts';
import { keyObjection } from './key-requirements.ts';
import { decodePem } from './pem.ts';
import { isSignatureValid } from './signature-algorithms.ts';

/** What a certification request asks for, its proof of possession checked. Requested extensions are dropped: AWS IoT sets its own. */
export interface CertificateRequest {
  /** DER Name, as the request has it. */
  readonly subject: Buffer;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKeyInfo: Buffer;
}

const maximumPemCharacters = 4096;

const sequence = 0x30;

const refuse = (why: string): never => {
  throw invalidRequest(`The certificate signing request (CSR) is not acceptable: ${why}.`);
};

// RFC 5280 §4.1.2.4: Name ::= SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }
const checkName = (bytes: Buffer, name: DerElement): void => {
  for (const relativeName of readChildren(bytes, name, sequence)) {
    for (const attribute of readChildren(bytes, relativeName, 0x31)) {
      const [type, value, ...rest] = readChildren(bytes, attribute, sequence);
      if (type?.tag !== 0x06 || value === undefined || rest.length > 0) throw new DerError('the subject is no distinguished name');
    }
  }
};

const membersOf = (bytes: Buffer): readonly [info: DerElement, algorithm: DerElement, signature: DerElement] => {
  const outer = readElement(bytes, 0);
  if (outer.end !== bytes.length) throw new DerError('bytes follow the request');
  const [info, algorithm, signature, ...rest] = readChildren(bytes, outer, sequence);
  if (info === undefined || algorithm === undefined || signature === undefined || rest.length > 0)
    throw new DerError('it does not have three parts');
  return [info, algorithm, signature];
};

const readPublicKey = (publicKeyInfo: Buffer): KeyObject => {
  try {
    return createPublicKey({ key: publicKeyInfo, format: 'der', type: 'spki' });
  } catch {
    throw new DerError('its public key cannot be read');
  }
};

// RFC 2986 §4.1: CertificationRequestInfo ::= SEQUENCE { version, subject, subjectPKInfo, attributes [0] }
const parse = (bytes: Buffer): CertificateRequest & { readonly objection: string | undefined } => {
  const [info, algorithm, signatureElement] = membersOf(bytes);
  const [version, subject, keyInfo] = readChildren(bytes, info, sequence);
  if (version?.tag !== 0x02 || subject === undefined || keyInfo?.tag !== sequence) throw new DerError('version, subject or key is missing');
  checkName(bytes, subject);
  const publicKeyInfo = wholeOf(bytes, keyInfo);
  const publicKey = readPublicKey(publicKeyInfo);
  const objection = keyObjection(publicKey);
  const proof = { signed: wholeOf(bytes, info), signature: bitsOf(bytes, signatureElement), publicKey };
  if (objection === undefined && !isSignatureValid(bytes, algorithm, proof)) throw new DerError('its signature is not that of its key');
  return { subject: wholeOf(bytes, subject), publicKeyInfo, objection };
};

const parseOrRefuse = (bytes: Buffer): ReturnType<typeof parse> => {
  try {
    return parse(bytes);
  } catch (error) {
    // A signature that is no ECDSA value at all makes the crypto library throw instead of answering false.
    return refuse(error instanceof DerError ? error.message : 'its signature cannot be checked');
  }
};

/** Reads a PKCS #10 request in PEM, at most 4096 characters (SM CertificateSigningRequest). Throws `InvalidRequestException`. */
export const readCertificateRequest = (pem: string): CertificateRequest => {
  if (pem.length > maximumPemCharacters) return refuse(`it has ${pem.length} characters; at most ${maximumPemCharacters} are allowed`);
  const bytes = decodePem(pem, ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST']);
  if (bytes === undefined) return refuse('it is no PEM block labelled CERTIFICATE REQUEST');
  const { subject, publicKeyInfo, objection } = parseOrRefuse(bytes);
  return objection === undefined ? { subject, publicKeyInfo } : refuse(`it has ${objection}`);
};
