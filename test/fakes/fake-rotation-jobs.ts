import type { ThingName } from '../../domain/identifiers.ts';
import type { JobReport, JobToCancel } from '../../domain/rotation/fold-campaign.ts';
import type { RotationJob, RotationJobs } from '../../domain/rotation/planning-ports.ts';
import type { RotationId } from '../../domain/rotation/rotation.ts';

type Ending = 'succeeded' | 'failed' | 'inProgress';

/** AWS IoT Jobs as the planner sees them; devices do what a test says. */
export const fakeRotationJobs = () => {
  const created: RotationJob[] = [];
  const cancelled: JobToCancel[] = [];
  const endings = new Map<ThingName, Ending>();
  let reports = 0;
  const report = (id: RotationId): JobReport => {
    const things = created.find((job) => job.id === id)?.things;
    const count = (ending: Ending) => (things ?? []).filter((thing) => endings.get(thing) === ending).length;
    const [succeeded, failed, inProgress] = [count('succeeded'), count('failed'), count('inProgress')];
    const isCancelled = cancelled.some((job) => job.id === id);
    const isOver = things !== undefined && (succeeded + failed === things.length || (isCancelled && inProgress === 0));
    return { id, isThere: things !== undefined, isCancelled, isOver, succeeded, failed, inProgress, ended: succeeded + failed };
  };
  const jobs: RotationJobs = {
    create: (job) => Promise.resolve(void created.push(job)),
    report: (id) => {
      reports += 1;
      return Promise.resolve(report(id));
    },
    cancel: (job) => Promise.resolve(void cancelled.push(job)),
  };
  return {
    jobs,
    created,
    cancelled,
    /** Every device that was asked, once for each time. */
    asked: (): readonly ThingName[] => created.flatMap(({ things }) => things),
    reported: () => reports,
    /** What becomes of devices. */
    end: (ending: Ending, things: readonly ThingName[]): void => {
      for (const thing of things) endings.set(thing, ending);
    },
  };
};
