import type { Arrival } from '../../domain/admission/admission-request.ts';
import { refuse } from '../../domain/admission.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { AuditLog, EnrollmentStore } from '../../domain/ports.ts';
import { type UnclaimedVerdict, decideUnclaimed } from '../../domain/admission/unclaimed-admission.ts';

/** A request as it was made, before anything was read. */
export type UnclaimedArrival = Omit<Arrival, 'enrollment'>;

export interface UnclaimedAdmitter {
  readonly store: Pick<EnrollmentStore, 'readMany' | 'replace'>;
  readonly audit: AuditLog;
}

export interface UnclaimedOutcome {
  readonly verdict: UnclaimedVerdict;
  /** The enrollment as it is on record now; none where nobody enrolled the device. */
  readonly enrollment: Enrollment | undefined;
}

/** How often a decision is made anew because somebody else wrote between reading and writing. */
const MAX_DECISIONS = 5;

/** Reads, decides, writes, and puts on record what was written; who lost a race decides again from what the winner wrote. */
export const admitUnclaimed = async (admitter: UnclaimedAdmitter, arrival: UnclaimedArrival): Promise<UnclaimedOutcome> => {
  for (let decision = 1; decision <= MAX_DECISIONS; decision += 1) {
    const [enrollment] = await admitter.store.readMany([arrival.thingName]);
    const verdict = decideUnclaimed({ ...arrival, enrollment });
    const next = nextOf(verdict);
    if (next === undefined) return { verdict, enrollment };
    if ((await admitter.store.replace(next)) === 'conflict') continue;
    admitter.audit.emit(next.lastEvent);
    return { verdict, enrollment: next };
  }
  const { reason, event } = refuse(arrival, 'lost-a-race');
  return { verdict: { verdict: 'refuse', reason, event }, enrollment: undefined };
};

const nextOf = (verdict: UnclaimedVerdict): Enrollment | undefined => {
  if (verdict.verdict === 'refuse') return verdict.write;
  return verdict.isNew ? verdict.enrollment : undefined;
};
