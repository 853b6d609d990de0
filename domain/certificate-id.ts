import { createHash } from 'node:crypto';
import type { CertificateId } from './identifiers.ts';

/** How AWS IoT names a certificate, by its DER: SHA-256 in lower-case hexadecimal digits. */
export const certificateIdOfDer = (der: Uint8Array): CertificateId =>
  // A digest has the form of a certificate id by its making.
  createHash('sha256').update(der).digest('hex') as CertificateId;
