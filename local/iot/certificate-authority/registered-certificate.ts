import { createHash, X509Certificate } from 'node:crypto';
import { certificateValidation } from '../refusals.ts';
import type { IssuedCertificate } from './certificate-authority.ts';
import { keyObjection } from './key-requirements.ts';
import { decodePem } from './pem.ts';

const parse = (pem: string): X509Certificate => {
  const der = decodePem(pem, ['CERTIFICATE']);
  if (der === undefined) throw certificateValidation('The certificate is no single PEM block labelled CERTIFICATE.');
  try {
    return new X509Certificate(der);
  } catch {
    throw certificateValidation('The certificate cannot be parsed.');
  }
};

/** Reads a certificate that someone else issued (PEM) for registration. Throws `CertificateValidationException`. */
export const readRegisteredCertificate = (pem: string): IssuedCertificate => {
  const certificate = parse(pem);
  const objection = keyObjection(certificate.publicKey);
  if (objection !== undefined) throw certificateValidation(`The certificate has ${objection}.`);
  return {
    certificateId: createHash('sha256').update(certificate.raw).digest('hex'),
    certificatePem: pem,
    notBefore: certificate.validFromDate.getTime(),
    notAfter: certificate.validToDate.getTime(),
  };
};
