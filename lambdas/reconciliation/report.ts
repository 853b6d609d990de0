import type { Finding } from '../../domain/reconciliation/finding.ts';
import { reconciliationEvent } from '../../domain/reconciliation/reconciliation-event.ts';
import type { Reconciled, Reconciler, Wishes } from './reconciler.ts';

export interface Reported extends Reconciled {
  /** Names the state of the record that it was found in; in the same state, the same is said under the same id. */
  readonly state: string;
}

/** Puts on record what was found or put right; metrics and the alarm are made of that. A dry run leaves no trace. */
export const report = ({ audit, clock }: Pick<Reconciler, 'audit' | 'clock'>, reported: Reported, { actor, isDryRun }: Wishes): void => {
  if (isDryRun) return;
  const { finding, result, state } = reported;
  const isRepaired = result === 'repaired';
  const id = `${isRepaired ? 'repaired' : 'found'}-${finding.kind}-${subjectOf(finding)}-${state}`;
  audit.emit(reconciliationEvent(isRepaired ? 'reconciliation.repaired' : 'reconciliation.found', finding, { id, at: clock.now(), actor }));
};

const subjectOf = ({ about: { certificateId, thingName } }: Finding): string => certificateId ?? thingName ?? '';
