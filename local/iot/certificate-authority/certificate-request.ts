import type { Name, SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { invalidRequest } from '../refusals.ts';
import { parseRequest } from './parsed-request.ts';
import { decodePem } from './pem.ts';

/** What a certification request asks for, its proof of possession checked. Requested extensions are dropped: AWS IoT sets its own. */
export interface CertificateRequest {
  readonly subject: Name;
  readonly subjectPublicKeyInfo: SubjectPublicKeyInfo;
}

const maximumPemCharacters = 4096;

/** The labels under which requests travel in PEM. */
export const requestLabels = ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'];

const refuse = (why: string): never => {
  throw invalidRequest(`The certificate signing request (CSR) is not acceptable: ${why}.`);
};

/** Reads a PKCS #10 request in PEM, at most 4096 characters (SM CertificateSigningRequest). Throws `InvalidRequestException`. */
export const readCertificateRequest = (pem: string): CertificateRequest => {
  if (pem.length > maximumPemCharacters) return refuse(`it has ${pem.length} characters; at most ${maximumPemCharacters} are allowed`);
  const der = decodePem(pem, requestLabels);
  if (der === undefined) return refuse('it is no PEM block labelled CERTIFICATE REQUEST');
  const request = parseRequest(der);
  if ('objection' in request) return refuse(request.objection);
  return { subject: request.subject, subjectPublicKeyInfo: request.subjectPublicKeyInfo };
};
