import { refusalOfEnrollment } from '../admission/device-judgement.ts';
import type { Enrollment } from '../enrollment.ts';
import type { KeyDigest } from '../identifiers.ts';
import type { ReasonCode } from '../reason-code.ts';
import { ticketDigestOf } from './recovery-ticket.ts';

/** How far the clock of a device may be off. */
const CLOCK_WINDOW_MS = 10 * 60_000;

/** What a device presented, once its signature was checked. */
export interface PresentedTicket {
  readonly ticket: string;
  /** When the device says that it is: milliseconds since the epoch. */
  readonly at: number;
  /** Whose signature it is; `undefined` where it is nobody's. */
  readonly signer: KeyDigest | undefined;
}

/** Why a device may not come back by this ticket, or `undefined` when it may. @param at milliseconds since the epoch */
export const refusalOfRecovery = (
  enrollment: Enrollment | undefined,
  { ticket, at: saidAt, signer }: PresentedTicket,
  at: number,
): ReasonCode | undefined => {
  if (enrollment === undefined) return 'unknown-serial';
  const barred = refusalOfEnrollment(enrollment, { ...enrollment, approach: 'pki' });
  if (barred !== undefined) return barred;
  const { recovery, boundKey } = enrollment;
  if (recovery === undefined || at >= recovery.until || ticketDigestOf(ticket) !== recovery.ticket) return 'no-open-recovery';
  if (signer === undefined || signer !== boundKey) return 'evidence-refused';
  return Math.abs(saidAt - at) > CLOCK_WINDOW_MS ? 'proof-outside-its-time' : undefined;
};
