import { isPending, type JobExecution } from './job.ts';
import type { JobListener, JobStore } from './job-store.ts';
import { executionView, secondsOf, summaryOf } from './execution-views.ts';

export interface NotificationPorts {
  readonly store: JobStore;
  readonly now: () => number;
  readonly publish: (topic: string, body: object) => void;
}

const byStatus = (pending: readonly JobExecution[]): Readonly<Record<string, readonly object[]>> => {
  const groups = (['IN_PROGRESS', 'QUEUED'] as const).map(
    (status) => [status, pending.filter((execution) => execution.status === status).map(summaryOf)] as const,
  );
  return Object.fromEntries(groups.filter(([, summaries]) => summaries.length > 0));
};

/** Tells devices that the list of what they have to do, or its head, has changed (DG:jobs-comm-notifications). */
export const createJobNotifications = ({ store, now, publish }: NotificationPorts): JobListener => {
  /** The number of the execution that a thing was last told to be next. */
  const heads = new Map<string, number>();

  const notifyNext = (thingName: string, head: JobExecution | undefined): void => {
    if (heads.get(thingName) === head?.executionNumber) return;
    if (head === undefined) heads.delete(thingName);
    else heads.set(thingName, head.executionNumber);
    const document = store.jobs.get(head?.jobId ?? '')?.document ?? '{}';
    const execution = head && { ...executionView(head, now()), jobDocument: JSON.parse(document) as unknown };
    publish(`$aws/things/${thingName}/jobs/notify-next`, {
      timestamp: secondsOf(now()),
      ...(execution === undefined ? {} : { execution }),
    });
  };

  return (change) => {
    if (change.kind === 'job') return;
    const { before, after } = change;
    const thingName = (after ?? before)?.thingName ?? '';
    const pending = store.pendingFor(thingName);
    const wasPending = before !== undefined && isPending(before);
    if (wasPending !== (after !== undefined && isPending(after))) {
      publish(`$aws/things/${thingName}/jobs/notify`, { timestamp: secondsOf(now()), jobs: byStatus(pending) });
    }
    notifyNext(thingName, pending[0]);
  };
};
