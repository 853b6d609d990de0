import type { Enrollment } from '../../domain/enrollment.ts';
import type { ThingName } from '../../domain/identifiers.ts';
import type { RotationJob } from '../../domain/rotation/planning-ports.ts';
import { startRotation } from '../../domain/rotation/start-rotation.ts';
import { PLANNER, type Planner } from './planner.ts';
import { DAY_MS } from '../../domain/duration.ts';

/** What devices are asked with. */
export interface Asker extends Pick<Planner, 'store' | 'jobs' | 'hasNext' | 'audit' | 'faults' | 'clock'> {
  readonly due: Pick<Planner['due'], 'setDue'>;
}

/** How many enrollments are written at a time. */
const AT_A_TIME = 10;

/**
 * Has devices asked for another credential, by one job: on record first, as whoever asks without that is refused. Answers how many were.
 * Where the power fails before there is a job, their rotations are withdrawn when their time is over.
 */
export const askDevices = async (planner: Asker, job: RotationJob): Promise<number> => {
  const enrollments = await planner.store.readMany(job.things);
  const things: ThingName[] = [];
  for (let start = 0; start < enrollments.length; start += AT_A_TIME) {
    const asked = await Promise.all(enrollments.slice(start, start + AT_A_TIME).map((one) => markReported(planner, one, job)));
    things.push(...asked.flat());
  }
  if (things.length > 0) await planner.jobs.create({ ...job, things });
  return things.length;
};

const markReported = async (planner: Asker, enrollment: Enrollment, job: RotationJob): Promise<readonly ThingName[]> => {
  try {
    return (await isMarked(planner, enrollment, job)) ? [enrollment.thingName] : [];
  } catch (fault) {
    planner.faults.report(fault);
    return [];
  }
};

const isMarked = async (planner: Asker, enrollment: Enrollment, { id, until }: RotationJob): Promise<boolean> => {
  const at = planner.clock.now();
  const { thingName } = enrollment;
  if (!planner.hasNext(enrollment)) return putOff(planner, enrollment, at);
  const change = startRotation(enrollment, { id: `${id}-${thingName}`, at, actor: PLANNER }, { id, until });
  if (change.outcome === 'changed') {
    // Whoever wrote first may have had it asked: the next run sees.
    if ((await planner.store.replace(change.enrollment)) === 'conflict') return false;
    planner.audit.emit(change.enrollment.lastEvent);
    return true;
  }
  // It does not stand in the way of the others. What is not active has left the list, though the index may not show that yet.
  return change.outcome === 'impossible' && putOff(planner, enrollment, at);
};

const putOff = async ({ due }: Asker, enrollment: Enrollment, at: number): Promise<false> => {
  if (enrollment.state === 'active') await due.setDue(enrollment, at + DAY_MS);
  return false;
};
