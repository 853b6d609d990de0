import * as z from 'zod';
import { assumed, type BehaviourRows } from './row.ts';

/** Certificates, things and the control plane. */
export const registryRows = {
  'certificate.revoked-is-final': assumed(
    z.boolean(),
    true,
    'A revoked certificate stays revoked: UpdateCertificate answers CertificateStateException.',
  ),
} as const satisfies BehaviourRows;
