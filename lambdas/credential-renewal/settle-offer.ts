import type { Enrollment } from '../../domain/enrollment.ts';
import type { AuditLog, EnrollmentStore } from '../../domain/ports.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import { refusalOfRenewal } from '../../domain/rotation/judge-renewal.ts';
import type { Clock } from '../middleware/clock.ts';
import type { Ask } from './read-ask.ts';

export interface Renewer {
  readonly store: Pick<EnrollmentStore, 'readMany' | 'replace'>;
  readonly audit: AuditLog;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
}

export interface Refused {
  readonly outcome: 'refused';
  readonly reason: ReasonCode;
  /** None where nobody enrolled the device. */
  readonly enrollment?: Enrollment;
}

/**
 * What came of a question:
 * - `refused`: for good
 * - `given`: what the device is to be told
 */
export type Renewed = Refused | { readonly outcome: 'given'; readonly credential: Readonly<Record<string, unknown>> };

/**
 * What is to become of an enrollment that may be renewed:
 * - a reason: nothing, and the device is refused
 * - `offered`: it is as it should be already
 * - `next`: it is to be written, one version on
 */
export type Step = ReasonCode | 'offered' | { readonly next: Enrollment };

/** How often a decision is made anew because somebody else wrote between reading and writing. */
const MAX_DECISIONS = 5;

/**
 * Decides on what was found and writes, reads and decides anew, until what is on record is what the device is to be told. Who lost a race decides again from what the
 * winner wrote; `undefined` where others were faster every time.
 */
export const settleOffer = async (
  { store, audit, clock }: Renewer,
  { thing, principal, rotation, found }: Ask & { readonly found: Enrollment },
  decide: (enrollment: Enrollment, at: number) => Promise<Step>,
): Promise<Refused | { readonly outcome: 'offered'; readonly enrollment: Enrollment } | undefined> => {
  for (let decision = 1; decision <= MAX_DECISIONS; decision += 1) {
    const [enrollment] = decision === 1 ? [found] : await store.readMany([thing]);
    if (enrollment === undefined) return { outcome: 'refused', reason: 'unknown-serial' };
    const { line, serialNumber, approach } = enrollment;
    const at = clock.now();
    const reason = refusalOfRenewal(enrollment, { rotation, principal, line, serialNumber, approach, at });
    const step = reason ?? (await decide(enrollment, at));
    if (step === 'offered') return { outcome: 'offered', enrollment };
    if (typeof step === 'string') return { outcome: 'refused', reason: step, enrollment };
    if ((await store.replace(step.next)) === 'conflict') continue;
    audit.emit(step.next.lastEvent);
    return { outcome: 'offered', enrollment: step.next };
  }
  return undefined;
};
