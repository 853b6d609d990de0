import type { AuditEvent } from '../audit-event.ts';
import type { Enrollment } from '../enrollment.ts';
import type { CertificateId } from '../identifiers.ts';

/** How a certificate stands at AWS IoT; `GONE` when there is none of this id. */
export type CertificateStatus =
  | 'ACTIVE'
  | 'INACTIVE'
  | 'REVOKED'
  | 'PENDING_ACTIVATION'
  | 'PENDING_TRANSFER'
  | 'REGISTER_INACTIVE'
  | 'GONE';

/** Everything that the story of a device is told from. */
export interface StoryFacts {
  /** As it was asked for: perhaps no serial number at all. */
  readonly serialNumber: string;
  readonly enrollment: Enrollment | undefined;
  /** Of this serial, in any order; what was delivered twice may be there twice. */
  readonly events: readonly AuditEvent[];
  /** Milliseconds since the epoch from which on events were read, and whether all were. */
  readonly since: number;
  readonly isWhole: boolean;
  readonly certificates: ReadonlyMap<CertificateId, CertificateStatus>;
  /** Where claim connections came from, by client id. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Serials that are enrolled and easily taken for this one. */
  readonly lookAlikes: readonly string[];
  /** Serials that somebody was refused under as unknown, and that are easily taken for this one. */
  readonly askedAs: readonly string[];
}
