import type { CertificateStatus } from '@aws-sdk/client-iot';
import { readCertificate } from '../certificate-authority/registered-certificate.ts';
import type { ParsedCertificate } from '../certificate-authority/parsed-certificate.ts';
import { alreadyExists, certificateValidation, invalidRequest } from '../refusals.ts';
import { addCertificate } from '../registry/certificate-store.ts';
import type { CertificateMode } from '../registry/records.ts';
import type { IotServices } from './operation.ts';

// SDK RegisterCertificate: "Valid values that you can use include ACTIVE, INACTIVE, and REVOKED".
const allowedStatuses: ReadonlySet<string> = new Set(['ACTIVE', 'INACTIVE', 'REVOKED']);

/** The status that a certificate is to be registered with, checked. */
export const statusToRegister = (
  { behaviour }: IotServices,
  { status, setAsActive }: { readonly status?: CertificateStatus | undefined; readonly setAsActive?: boolean | undefined },
): CertificateStatus => {
  const chosen = status ?? (setAsActive === true || !behaviour['certificate.registers-inactive'] ? 'ACTIVE' : 'INACTIVE');
  if (!allowedStatuses.has(chosen)) throw invalidRequest(`A certificate cannot be registered with status ${chosen}.`);
  return chosen;
};

/** Reads the certificate to register. Throws `CertificateValidationException`, `ResourceAlreadyExistsException`. */
export const readUnregistered = ({ registry, behaviour }: IotServices, pem: string): ParsedCertificate => {
  const certificate = readCertificate(pem);
  if (behaviour['certificate.expired-is-refused'] && certificate.notAfter < registry.clock.now()) {
    throw certificateValidation('The certificate has expired.');
  }
  if (!registry.certificates.has(certificate.certificateId)) return certificate;
  const arn = registry.arn('cert', certificate.certificateId);
  throw alreadyExists('The certificate is already provisioned or registered', { id: certificate.certificateId, arn });
};

/** Registers it as it was given. */
export const registerAs = (
  { registry }: IotServices,
  certificate: ParsedCertificate & { readonly certificatePem: string },
  settings: { readonly status: CertificateStatus; readonly mode: CertificateMode; readonly caCertificateId?: string },
): { readonly certificateArn: string; readonly certificateId: string } => {
  const { certificateId } = addCertificate(registry, certificate, settings);
  return { certificateArn: registry.arn('cert', certificateId), certificateId };
};
