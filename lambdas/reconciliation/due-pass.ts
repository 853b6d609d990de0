import type { Enrollment } from '../../domain/enrollment.ts';
import type { Finding } from '../../domain/reconciliation/finding.ts';
import { nextLookAt } from '../../domain/reconciliation/next-look.ts';
import type { DueEnrollment, DueEnrollments } from '../../domain/reconciliation/reconciliation-ports.ts';
import { reconcileDevice } from './reconcile-device.ts';
import type { Reconciled, Reconciler, Wishes } from './reconciler.ts';

export interface DuePassProps extends Reconciler {
  readonly due: DueEnrollments;
}

export interface DueBudget {
  /** Milliseconds since the epoch. */
  readonly until: number;
  /** At most so many enrollments. */
  readonly most: number;
}

/** Whoever changes a device has something to do at AWS IoT after it, and a log takes a moment to show what it was told. */
export const QUIET_MS = 600_000;
const RETRY_MS = 900_000;
const PAGE = 64;
/** AWS IoT takes about ten of each of these requests a second from a whole account: half of that is left to others. */
export const PACE_MS = 250;

/**
 * Looks at what was written since it was last looked at, and at what was put off until now. An enrollment leaves the list when
 * nothing is wrong with it, so that a run which is cut off leaves the rest on the list. Answers how many were looked at.
 */
export const runDuePass = async (props: DuePassProps, { until, most }: DueBudget, wishes: Wishes): Promise<number> => {
  let looked = 0;
  while (looked < most && props.clock.now() < until) {
    const due = await props.due.list(props.clock.now() - QUIET_MS, Math.min(PAGE, most - looked));
    looked += await lookAt(props, due, { until, wishes });
    // An index may take a moment to show what was settled: a list that was short is not asked for again.
    if (due.length < PAGE) break;
  }
  return looked;
};

interface Slice {
  readonly until: number;
  readonly wishes: Wishes;
}

const lookAt = async (props: DuePassProps, due: readonly DueEnrollment[], { until, wishes }: Slice): Promise<number> => {
  const enrollments = new Map((await props.store.readMany(due.map(({ thing }) => thing))).map((one) => [one.thingName, one]));
  const written = due.flatMap(({ thing, dueAt }) => {
    const enrollment = enrollments.get(thing);
    return enrollment?.lastEvent.at === dueAt ? enrollment : [];
  });
  const missing = await missingEvents(props, written);
  let looked = 0;
  for (const { thing } of due) {
    if (props.clock.now() >= until) break;
    const enrollment = enrollments.get(thing);
    if (enrollment !== undefined) await lookAtOne(props, { enrollment, known: missing.get(thing) ?? [] }, wishes);
    looked += 1;
    await props.clock.pause(PACE_MS);
  }
  return looked;
};

const lookAtOne = async (
  props: DuePassProps,
  device: { readonly enrollment: Enrollment; readonly known: readonly Finding[] },
  wishes: Wishes,
): Promise<void> => {
  const at = props.clock.now();
  try {
    const { enrollment, reconciled } = await reconcileDevice(props, device, wishes);
    const left = reconciled.filter(({ result }) => result === 'left').map(({ finding }) => finding);
    const until = reconciled.some(isFailed) ? at + RETRY_MS : nextLookAt(enrollment, left, at);
    await props.due.settle(enrollment, until);
  } catch (fault) {
    props.faults.report(fault);
    await props.due.settle(device.enrollment, at + RETRY_MS);
  }
};

const isFailed = ({ result }: Reconciled): boolean => result === 'failed';

const missingEvents = async (
  { emitted, faults }: DuePassProps,
  enrollments: readonly Enrollment[],
): Promise<ReadonlyMap<Enrollment['thingName'], readonly Finding[]>> => {
  try {
    const missing = new Set((await emitted.missing(enrollments.map(({ lastEvent }) => lastEvent))).map(({ id }) => id));
    return new Map(enrollments.filter(({ lastEvent }) => missing.has(lastEvent.id)).map((one) => [one.thingName, [neverEmitted(one)]]));
  } catch (fault) {
    faults.report(fault);
    return new Map();
  }
};

const neverEmitted = ({ line, serialNumber, thingName, lastEvent }: Enrollment): Finding => ({
  kind: 'event-never-emitted',
  about: { line, serialNumber, thingName },
  got: `the event ${lastEvent.id} (${lastEvent.code}) is in the record of the device and not in the audit log`,
  expected: 'every change is in the audit log',
  fix: 'Nothing: it is put on record under its own id.',
  repair: { does: 'emit', event: lastEvent },
});
