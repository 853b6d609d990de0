import { certificateValidation } from '../refusals.ts';
import { keyObjection } from './key-requirements.ts';
import { type ParsedCertificate, parseCertificate } from './parsed-certificate.ts';
import { decodePem } from './pem.ts';
import { algorithmObjection, signatureObjection } from './signature-requirements.ts';

/** Who a certificate is, in what is told of it: `CA certificate`, `verification certificate`, `certificate`. */
type Role = 'certificate' | 'CA certificate' | 'verification certificate';

const parse = (pem: string, role: Role): ParsedCertificate => {
  const der = decodePem(pem, ['CERTIFICATE']);
  if (der === undefined) throw certificateValidation(`The ${role} is no single PEM block labelled CERTIFICATE.`);
  const certificate = parseCertificate(der);
  if (certificate === undefined) throw certificateValidation(`The ${role} cannot be parsed.`);
  return certificate;
};

/** Why AWS IoT takes no certificate with that key or signed in that way (DG:x509-client-certs), or undefined when it does. */
export const certificateObjection = (certificate: ParsedCertificate): string | undefined =>
  keyObjection(certificate.publicKey) ?? algorithmObjection(certificate.signed);

/** Reads a certificate that someone else issued (PEM) for registration. Throws `CertificateValidationException`. */
export const readCertificate = (pem: string, role: Role = 'certificate'): ParsedCertificate => {
  const certificate = parse(pem, role);
  const objection = certificateObjection(certificate);
  if (objection !== undefined) throw certificateValidation(`The ${role} has ${objection}.`);
  return certificate;
};

/** Reads an authority's certificate (PEM), root or intermediate. Throws `CertificateValidationException`. */
export const readCaCertificate = (pem: string): ParsedCertificate => {
  const certificate = readCertificate(pem, 'CA certificate');
  // OpenSSL's notion: version 3, basicConstraints with CA:TRUE and, where there is a key usage, keyCertSign.
  if (!certificate.x509.ca) throw certificateValidation('The CA certificate is none: its basicConstraints do not say CA:TRUE.');
  const isItsOwn = certificate.x509.checkIssued(certificate.x509);
  const objection = isItsOwn ? signatureObjection(certificate.signed, certificate.publicKey) : undefined;
  if (objection !== undefined) throw certificateValidation(`The CA certificate has ${objection}.`);
  return certificate;
};
