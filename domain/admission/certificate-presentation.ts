import type { Enrollment } from '../enrollment.ts';
import type { CertificateId, LineName } from '../identifiers.ts';
import type { SerialNumber } from '../serial-number.ts';
import type { Verification } from '../verification.ts';

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

/** What stands before such an approach where the device came with a certificate that it had before, and no claim. */
export interface CertificateIntroduction {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly serialNumber: SerialNumber;
  /** PEM of the device's own certificate and of those that vouch for it, each after the one that it vouches for. */
  readonly chainPem: readonly string[];
  /** Whether the last of them is a CA that operators trust to name the devices of the line. */
  readonly isVendorTrusted: boolean;
}

/** How such an approach judges it. That somebody holds the key is AWS's word, by the handshake in which it was shown. */
export type VerifyIntroduction = (introduction: CertificateIntroduction, requirement: Enrollment['requirement']) => Verification;
