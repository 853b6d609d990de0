import type { AuditEvent } from './audit-event.ts';
import type { EnrollmentState } from './enrollment-state.ts';
import type { ApproachName, CertificateId, ClaimName, KeyDigest, LineName, TenantName, ThingName } from './identifiers.ts';
import type { SerialNumber } from './serial-number.ts';

/** A certificate that was issued for an enrollment and has not been retired. */
export interface IssuedCertificate {
  readonly id: CertificateId;
  readonly key: KeyDigest;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
}

/** Our record of a device, keyed by line and serial number. */
export interface Enrollment {
  readonly line: LineName;
  readonly serialNumber: SerialNumber;
  readonly thingName: ThingName;
  readonly tenant: TenantName;
  readonly approach: ApproachName;
  /** What the device must prove, in the words of its approach; judged by that approach's `verify`. */
  readonly requirement: Readonly<Record<string, string>>;
  readonly state: EnrollmentState;
  /** For a quarantined enrollment, the state that a release returns it to. */
  readonly quarantinedFrom?: EnrollmentState;
  /** Grows by one with each write; each write demands the one it read. */
  readonly version: number;
  /** The key that the serial is bound to since its first admission. */
  readonly boundKey?: KeyDigest;
  /** A key that an operator or device-unique evidence let in beside the bound one. */
  readonly candidateKey?: KeyDigest;
  /** The claim whose quota this serial was counted against. */
  readonly countedAgainst?: ClaimName;
  readonly certificates: readonly IssuedCertificate[];
  /** The certificate that was last proven by a connection. */
  readonly certificateInUse?: CertificateId;
  /** Certificates that must be taken out of use; whoever finds the list works it off. */
  readonly toRetire: readonly CertificateId[];
  /** The event of the write that made this version. */
  readonly lastEvent: AuditEvent;
}
