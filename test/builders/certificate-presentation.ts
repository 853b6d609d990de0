import type { CertificatePresentation } from '../../domain/admission/certificate-presentation.ts';
import { NOON } from './enrollment.ts';
import { aCertificateId, aLine, aSerial } from './identifiers.ts';

/** `SN-1` of the line `sensor` with this certificate and no evidence, at noon under the claim `claim`. */
export const aCertificatePresentation = (certificatePem: string, more: Partial<CertificatePresentation> = {}): CertificatePresentation => ({
  at: NOON,
  line: aLine(),
  serialNumber: aSerial(),
  claimCertificateId: aCertificateId('claim'),
  certificatePem,
  evidence: undefined,
  ...more,
});
