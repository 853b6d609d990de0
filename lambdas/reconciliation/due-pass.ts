import type { AuditEvent } from '../../domain/audit-event.ts';
import { DAY_MS } from '../../domain/duration.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { Finding } from '../../domain/reconciliation/finding.ts';
import { nextLookAt } from '../../domain/reconciliation/next-look.ts';
import type { DueEnrollment, DueEnrollments, SoughtEvents } from '../../domain/reconciliation/reconciliation-ports.ts';
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
/** What was written last is looked up so long: what is put off until later was looked up before. */
const SOUGHT_MS = DAY_MS;
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
    return enrollment !== undefined && dueAt - enrollment.lastEvent.at < SOUGHT_MS ? enrollment : [];
  });
  const sought = await seekEvents(props, written);
  let looked = 0;
  for (const { thing } of due) {
    if (props.clock.now() >= until) break;
    const enrollment = enrollments.get(thing);
    if (enrollment !== undefined) await lookAtOne(props, { enrollment, ...stateOfEvent(sought, enrollment) }, wishes);
    looked += 1;
    await props.clock.pause(PACE_MS);
  }
  return looked;
};

interface DueDevice {
  readonly enrollment: Enrollment;
  readonly known: readonly Finding[];
  /** True where nobody could tell whether its last event is on record. */
  readonly isOpen: boolean;
}

const lookAtOne = async (props: DuePassProps, device: DueDevice, wishes: Wishes): Promise<void> => {
  const at = props.clock.now();
  try {
    const { enrollment, reconciled } = await reconcileDevice(props, device, wishes);
    const left = reconciled.filter(({ result }) => result === 'left').map(({ finding }) => finding);
    const until = device.isOpen || reconciled.some(isFailed) ? at + RETRY_MS : nextLookAt(enrollment, left, at);
    await props.due.settle(enrollment, until);
  } catch (fault) {
    props.faults.report(fault);
    await props.due.settle(device.enrollment, at + RETRY_MS);
  }
};

const isFailed = ({ result }: Reconciled): boolean => result === 'failed';

const seekEvents = async ({ emitted, faults }: DuePassProps, enrollments: readonly Enrollment[]): Promise<SoughtEvents> => {
  const events = enrollments.map(({ lastEvent }) => lastEvent);
  try {
    return await emitted.seek(events);
  } catch (fault) {
    faults.report(fault);
    return { missing: [], unknown: events };
  }
};

const stateOfEvent = ({ missing, unknown }: SoughtEvents, enrollment: Enrollment): Pick<DueDevice, 'known' | 'isOpen'> => {
  const isLast = ({ id }: Pick<AuditEvent, 'id'>): boolean => id === enrollment.lastEvent.id;
  return { known: missing.some(isLast) ? [neverEmitted(enrollment)] : [], isOpen: unknown.some(isLast) };
};

const neverEmitted = ({ line, serialNumber, thingName, lastEvent }: Enrollment): Finding => ({
  kind: 'event-never-emitted',
  about: { line, serialNumber, thingName },
  got: `the event ${lastEvent.id} (${lastEvent.code}) is in the record of the device and not in the audit log`,
  expected: 'every change is in the audit log',
  fix: 'Nothing: it is put on record under its own id.',
  repair: { does: 'emit', event: lastEvent },
});
