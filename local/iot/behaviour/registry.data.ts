import * as z from 'zod';
import { assumed, type BehaviourRows } from './row.ts';

/** Certificates, things and the control plane. */
export const registryRows = {
  'certificate.revoked-is-final': assumed(
    z.boolean(),
    true,
    'A revoked certificate stays revoked: UpdateCertificate answers CertificateStateException.',
  ),
  'certificate.registers-inactive': assumed(
    z.boolean(),
    true,
    'RegisterCertificate and RegisterCertificateWithoutCA without a status register the certificate as INACTIVE.',
  ),
  'certificate.expired-is-refused': assumed(
    z.boolean(),
    true,
    'A certificate that has expired cannot be registered: CertificateValidationException. One that is not yet valid can.',
  ),
  'certificate.other-states-log-as': assumed(
    z.enum(['DEVICE_CERTIFICATE_INACTIVE', 'DEVICE_CERTIFICATE_NOT_REGISTERED', 'NOT_AUTHENTICATED']),
    'DEVICE_CERTIFICATE_INACTIVE',
    'A connection with a certificate that is PENDING_ACTIVATION is logged as one with an inactive certificate.',
  ),
} as const satisfies BehaviourRows;
