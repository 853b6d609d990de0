import { isIssuedBy, type ParsedCertificate } from '../certificate-authority/parsed-certificate.ts';
import { readCertificate } from '../certificate-authority/registered-certificate.ts';
import { subjectAttributes } from '../certificate-authority/subject-attributes.ts';
import { certificateValidation, registrationCodeValidation } from '../refusals.ts';
import { isCurrent } from './validity.ts';

/**
 * Whoever can sign a certificate that names the account's registration code has the authority's private key
 * (DG:manage-your-CA-certs).
 *
 * @throws AwsError `CertificateValidationException`, `RegistrationCodeValidationException`
 */
export const checkVerificationCertificate = (
  pem: string,
  authority: ParsedCertificate,
  { registrationCode, now }: { readonly registrationCode: string | undefined; readonly now: number },
): void => {
  const certificate = readCertificate(pem, 'verification certificate');
  if (!isIssuedBy(certificate, authority)) {
    throw certificateValidation('The verification certificate is not signed by the CA certificate.');
  }
  if (!isCurrent(certificate, now)) throw certificateValidation('The verification certificate is expired or not yet valid.');
  const names = subjectAttributes(certificate.subject, 'CommonName');
  if (names.length !== 1 || names[0] !== registrationCode) {
    throw registrationCodeValidation("The common name of the verification certificate is not this account's registration code.");
  }
};
