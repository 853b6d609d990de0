import type { Job, JobExecution, StatusDetails } from './job.ts';
import type { JobStore } from './job-store.ts';

export interface ExecutionUpdate {
  readonly status: JobExecution['status'];
  /** Undefined leaves them as they are. */
  readonly statusDetails?: StatusDetails | undefined;
  /** -1 stops the timer, undefined leaves it as it is. */
  readonly stepTimeoutInMinutes?: number | undefined;
}

const minuteMs = 60_000;

const stepTimer = ({ stepUntil }: JobExecution, minutes: number | undefined, nowMs: number): number | undefined => {
  if (minutes === undefined) return stepUntil;
  return minutes === -1 ? undefined : nowMs + minutes * minuteMs;
};

/** The job's own timer starts once and is never set anew (API reference, TimeoutConfig). */
const startOf = (job: Job, { inProgressUntil, startedAt }: JobExecution, nowMs: number) => {
  const limit = job.inProgressTimeoutMinutes;
  const until = startedAt === undefined && limit !== undefined ? nowMs + limit * minuteMs : inProgressUntil;
  return { startedAt: startedAt ?? nowMs, inProgressUntil: until };
};

/** The execution after an update. */
export const updated = (
  job: Job,
  execution: JobExecution,
  { nowMs, ...update }: ExecutionUpdate & { readonly nowMs: number },
): JobExecution => ({
  ...execution,
  ...(update.status === 'IN_PROGRESS' ? startOf(job, execution, nowMs) : {}),
  status: update.status,
  statusDetails: update.statusDetails ?? execution.statusDetails,
  stepUntil: stepTimer(execution, update.stepTimeoutInMinutes, nowMs),
  versionNumber: execution.versionNumber + 1,
  lastUpdatedAt: nowMs,
});

const failures = ['FAILED', 'REJECTED', 'TIMED_OUT'] as const;

/** Whether so large a part of the things that are through has failed that the job is to stop (API reference, AbortCriteria). */
export const mustAbort = (store: JobStore, { jobId, abortCriteria = [] }: Job): boolean => {
  const executed = store.countOf(jobId, 'SUCCEEDED', ...failures);
  return abortCriteria.some(({ failureType, thresholdPercentage, minNumberOfExecutedThings }) => {
    const failed = store.countOf(jobId, ...(failureType === 'ALL' ? failures : [failureType]));
    return executed >= minNumberOfExecutedThings && failed > 0 && failed * 100 >= thresholdPercentage * executed;
  });
};
