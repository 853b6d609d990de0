import { type JobExecution, timesOutAt } from './job.ts';

/** Seconds since the epoch. */
export const secondsOf = (ms: number): number => Math.floor(ms / 1000);

const startOf = ({ startedAt }: JobExecution): { readonly startedAt?: number } =>
  startedAt === undefined ? {} : { startedAt: secondsOf(startedAt) };

/** How devices see an execution in a list (API reference, JobExecutionSummary). */
export const summaryOf = (execution: JobExecution) => ({
  jobId: execution.jobId,
  queuedAt: secondsOf(execution.queuedAt),
  ...startOf(execution),
  lastUpdatedAt: secondsOf(execution.lastUpdatedAt),
  versionNumber: execution.versionNumber,
  executionNumber: execution.executionNumber,
});

/** Seconds until it times out; undefined without a timer. */
export const secondsLeft = (execution: JobExecution, nowMs: number): number | undefined => {
  const dueAt = timesOutAt(execution);
  return dueAt === Infinity ? undefined : Math.max(0, secondsOf(dueAt - nowMs));
};

/** How devices see one execution, without its document (API reference, JobExecution). */
export const executionView = (execution: JobExecution, nowMs: number) => {
  const approximateSecondsBeforeTimedOut = secondsLeft(execution, nowMs);
  return {
    ...summaryOf(execution),
    thingName: execution.thingName,
    status: execution.status,
    ...(execution.statusDetails === undefined ? {} : { statusDetails: execution.statusDetails }),
    ...(approximateSecondsBeforeTimedOut === undefined ? {} : { approximateSecondsBeforeTimedOut }),
  };
};

/** API reference, JobExecutionState. */
export const stateOf = ({ status, statusDetails, versionNumber }: JobExecution) => ({
  status,
  statusDetails: statusDetails ?? {},
  versionNumber,
});
