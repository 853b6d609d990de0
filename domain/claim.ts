import type { AuditEvent } from './audit-event.ts';
import type { Enrollment } from './enrollment.ts';
import type { CertificateId, ClaimName, LineName } from './identifiers.ts';
import type { ReasonCode } from './reason-code.ts';
import type { SerialNumber } from './serial-number.ts';

/** Serial numbers of one length, from the first to the last in the order of their bytes. */
export interface SerialRange {
  readonly from: SerialNumber;
  readonly to: SerialNumber;
}

/** The shared credential of one manufacturing batch: it may start onboarding and nothing else. */
export interface Claim {
  readonly name: ClaimName;
  readonly line: LineName;
  readonly certificateId: CertificateId;
  readonly state: 'open' | 'closed';
  /** Milliseconds since the epoch; admissions are refused before. */
  readonly opensAt: number;
  /** Milliseconds since the epoch; admissions are refused from then on. */
  readonly expiresAt: number;
  /** How many serials it may admit. */
  readonly quota: number;
  /** How many it has admitted or made wait for approval; a serial counts once, however often its device returns. */
  readonly admitted: number;
  /** Whom to call about it. */
  readonly contact?: string;
  /** The only serials that it admits; none said means the line's. */
  readonly range?: SerialRange;
  /** The only manifest whose devices it admits: SHA-256 of the file in hexadecimal digits. */
  readonly manifest?: string;
  /** Who made it, for a claim of a technician in the field: an ARN. */
  readonly technician?: string;
  /** The certificate of the claim that this one took over from: the quota is counted there, so that both share one. */
  readonly countsOn?: CertificateId;
  /** When a serial was last counted: milliseconds since the epoch. */
  readonly lastAdmittedAt?: number;
  /** The event of the last thing that was done with it: created, rotated in, or closed. */
  readonly lastEvent?: AuditEvent;
}

/** Why this claim may not be used on this line now, or `undefined` when it may. The quota is judged apart: a returning device costs none. */
export const refusalOfClaim = (claim: Claim, line: LineName, at: number): ReasonCode | undefined => {
  if (claim.line !== line) return 'claim-of-another-line';
  if (claim.state !== 'open') return 'claim-closed';
  if (at < claim.opensAt) return 'claim-not-yet-open';
  if (at >= claim.expiresAt) return 'claim-expired';
  return undefined;
};

/** Whether a serial is one of those that a claim was made for: in its range, and from its manifest. */
export const isWithinClaim = ({ range, manifest }: Claim, serialNumber: SerialNumber, enrollment: Enrollment | undefined): boolean =>
  (range === undefined || isWithinRange(range, serialNumber)) &&
  (manifest === undefined || enrollment === undefined || enrollment.manifest === manifest);

const isWithinRange = ({ from, to }: SerialRange, serialNumber: SerialNumber): boolean => {
  const serial = Buffer.from(serialNumber);
  const isOfThatLength = serial.length === Buffer.byteLength(from);
  return isOfThatLength && Buffer.from(from).compare(serial) <= 0 && serial.compare(Buffer.from(to)) <= 0;
};

/** Whether one more serial may be counted here. Of a claim that counts on another it is not known before the write. */
export const hasQuotaLeft = ({ admitted, quota, countsOn }: Claim): boolean => countsOn !== undefined || admitted < quota;
