/** States of one thing's execution of a job (DG:iot-jobs-lifecycle). */
export type ExecutionStatus = 'QUEUED' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'REJECTED' | 'REMOVED' | 'CANCELED';

export type JobStatus = 'IN_PROGRESS' | 'CANCELED' | 'COMPLETED' | 'DELETION_IN_PROGRESS';

export type StatusDetails = Readonly<Record<string, string>>;

/** How many things a minute are told of a job. */
export interface RolloutConfig {
  readonly maximumPerMinute?: number | undefined;
  readonly exponentialRate?: ExponentialRate | undefined;
}

/** A rate that is multiplied each time that so many more things were told, or have succeeded. */
export interface ExponentialRate {
  readonly baseRatePerMinute: number;
  readonly incrementFactor: number;
  readonly rateIncreaseCriteria: {
    readonly numberOfNotifiedThings?: number | undefined;
    readonly numberOfSucceededThings?: number | undefined;
  };
}

export interface AbortCriterion {
  readonly failureType: 'FAILED' | 'REJECTED' | 'TIMED_OUT' | 'ALL';
  readonly action: 'CANCEL';
  readonly thresholdPercentage: number;
  readonly minNumberOfExecutedThings: number;
}

/** A job; times in milliseconds since the epoch. */
export interface Job {
  readonly jobId: string;
  /** ARNs of things and thing groups. */
  readonly targets: readonly string[];
  /** JSON text. */
  readonly document: string;
  readonly description: string | undefined;
  readonly targetSelection: 'SNAPSHOT' | 'CONTINUOUS';
  readonly rollout: RolloutConfig | undefined;
  readonly abortCriteria: readonly AbortCriterion[] | undefined;
  readonly inProgressTimeoutMinutes: number | undefined;
  readonly status: JobStatus;
  readonly createdAt: number;
  readonly lastUpdatedAt: number;
  readonly completedAt?: number;
  readonly isForceCanceled?: boolean;
  readonly reasonCode?: string | undefined;
  readonly comment?: string | undefined;
}

/** What becomes of a job on one thing; times in milliseconds since the epoch. */
export interface JobExecution {
  readonly jobId: string;
  readonly thingName: string;
  readonly executionNumber: number;
  readonly status: ExecutionStatus;
  readonly statusDetails: StatusDetails | undefined;
  /** 1 at first, one more with each update. */
  readonly versionNumber: number;
  readonly queuedAt: number;
  readonly startedAt?: number;
  readonly lastUpdatedAt: number;
  readonly isForceCanceled?: boolean;
  /** When it times out, by the job's own limit and by the one that the device set itself. */
  readonly inProgressUntil?: number | undefined;
  readonly stepUntil?: number | undefined;
}

export const isPending = ({ status }: Pick<JobExecution, 'status'>): boolean => status === 'QUEUED' || status === 'IN_PROGRESS';

/** When the first of its timers runs out. */
export const timesOutAt = ({ status, inProgressUntil = Infinity, stepUntil = Infinity }: JobExecution): number =>
  status === 'IN_PROGRESS' ? Math.min(inProgressUntil, stepUntil) : Infinity;
