import { isIssuedBy, nameKey, type ParsedCertificate } from '../certificate-authority/parsed-certificate.ts';
import { readCaCertificate } from '../certificate-authority/registered-certificate.ts';
import { certificateConflict, certificateValidation } from '../refusals.ts';
import { authoritiesWithSubject, parsedAuthority } from '../registry/ca-certificate-store.ts';
import type { CaCertificate } from '../registry/records.ts';
import type { IotRegistry } from '../registry/registry.ts';

const named = (registry: IotRegistry, caCertificatePem: string): CaCertificate => {
  const { certificateId } = readCaCertificate(caCertificatePem);
  const authority = registry.caCertificates.get(certificateId);
  if (authority === undefined) throw certificateValidation('The CA certificate that is given is not registered in this account.');
  return authority;
};

const only = (registry: IotRegistry, certificate: ParsedCertificate): CaCertificate => {
  const [authority, ...others] = authoritiesWithSubject(registry, nameKey(certificate.issuer));
  if (authority === undefined) throw certificateValidation('The certificate is signed by no CA that is registered in this account.');
  // SDK RegisterCertificate: with several of one subject, the caller must say which.
  if (others.length === 0) return authority;
  throw certificateConflict('Several CA certificates with this subject are registered; caCertificatePem must say which one signed.');
};

/**
 * The registered authority that signed a certificate, proved by its signature.
 *
 * @throws AwsError `CertificateValidationException`, `CertificateConflictException`
 */
export const findSigningAuthority = (registry: IotRegistry, certificate: ParsedCertificate, caCertificatePem?: string): CaCertificate => {
  const authority = caCertificatePem === undefined ? only(registry, certificate) : named(registry, caCertificatePem);
  if (isIssuedBy(certificate, parsedAuthority(authority))) return authority;
  throw certificateValidation('The certificate is not signed by the CA certificate.');
};
