import type { AdmissionWrite } from '../../domain/admission.ts';
import type { AdmissionOutcome, EnrollmentStore } from '../../domain/ports.ts';
import type { Clock } from '../middleware/clock.ts';

export interface AdmissionWriter {
  readonly store: Pick<EnrollmentStore, 'admit'>;
  readonly clock: Clock;
  /** A number from 0 up to but not 1. */
  readonly random: () => number;
}

const MAX_ATTEMPTS = 12;
const FIRST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 320;

/**
 * Writes what a decision changes, again and again while other transactions hold its items: every device of a batch counts on the
 * same claim. Waits are drawn with full jitter, so that those who collided do not collide again.
 */
export const writeAdmission = async (
  { store, clock, random }: AdmissionWriter,
  write: AdmissionWrite,
  signal: AbortSignal,
): Promise<AdmissionOutcome> => {
  let longestWaitMs = FIRST_WAIT_MS;
  for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt += 1) {
    const outcome = await store.admit(write, signal);
    if (outcome !== 'contended') return outcome;
    await clock.pause(random() * longestWaitMs, signal);
    longestWaitMs = Math.min(2 * longestWaitMs, LONGEST_WAIT_MS);
  }
  return store.admit(write, signal);
};
