import type { Enrollment } from './enrollment.ts';
import type { CertificateId, LineName } from './identifiers.ts';
import type { SerialNumber } from './serial-number.ts';
import type { Verification } from './verification.ts';

/** What stands before an approach that proves a device by the certificate issued for its CSR. All but the evidence is AWS's word. */
export interface CertificatePresentation {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly line: LineName;
  readonly serialNumber: SerialNumber;
  /** The claim under whose certificate the device connected. */
  readonly claimCertificateId: CertificateId;
  /** PEM of the certificate that waits to be activated; AWS IoT has checked that the CSR was signed with its key. */
  readonly certificatePem: string;
  /** What the device sent as `Evidence`: JSON text of at most `MAX_EVIDENCE_LENGTH` characters. */
  readonly evidence: string | undefined;
}

/** How such an approach judges it, against what the enrollment must prove. Pure; never throws for what a device sent. */
export type VerifyCertificate = (presentation: CertificatePresentation, requirement: Enrollment['requirement']) => Verification;
