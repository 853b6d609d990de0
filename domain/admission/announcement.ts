import { createHash } from 'node:crypto';
import type { Enrollment } from '../enrollment.ts';
import type { CertificateId, ThingName, VendorCaId } from '../identifiers.ts';
import type { LineSettings } from '../line-settings.ts';
import type { ReasonCode } from '../reason-code.ts';
import type { VendorCa } from '../vendor-ca.ts';

/** Why a certificate that announced itself was refused, and what that was judged by. */
export interface AnnouncementRefusal {
  readonly vendorCaId: VendorCaId;
  readonly reason: ReasonCode;
  /** `basisOf` what the judgement rests on: while it is the same, the judgement would be. */
  readonly basis: string;
  /** The thing that the certificate's subject stands for; none where it names no device. */
  readonly thingName?: ThingName;
}

/** A certificate that announced itself and was refused. */
export interface Announcement extends AnnouncementRefusal {
  readonly certificateId: CertificateId;
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Refused announcements; each is kept for ninety days after its last. */
export interface AnnouncementStore {
  read(certificate: CertificateId): Promise<Announcement | undefined>;
  /** Counts one more at this time, in milliseconds since the epoch. */
  count(certificate: CertificateId, at: number, refusal: AnnouncementRefusal): Promise<void>;
}

/**
 * Changes when anything changes that a judgement rests on beside the certificate: the CA's standing, the line's settings, the
 * enrollment. So every act of an operator on one of them has a refused device judged anew, and nothing else does.
 */
export const basisOf = (
  { changedAt, state }: Pick<VendorCa, 'changedAt' | 'state'>,
  settings: LineSettings | undefined,
  enrollment: Pick<Enrollment, 'version'> | undefined,
): string =>
  createHash('sha256')
    .update(JSON.stringify([changedAt, state, settings ?? null, enrollment?.version ?? 0]))
    .digest('base64url');
