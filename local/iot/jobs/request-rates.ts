import type { Clock } from '../../clock.ts';
import { TokenBucket } from '../../token-bucket.ts';
import { JobRefusal } from './job-refusal.ts';

/** Requests per second of all devices together. */
export interface JobRequestRates {
  /** GetPendingJobExecutions and DescribeJobExecution. */
  readonly reads: number;
  /** StartNextPendingJobExecution and UpdateJobExecution. */
  readonly writes: number;
}

export interface JobSettings {
  /** AWS's quotas unless given; `off` lets any rate through. */
  readonly jobRequestRates?: JobRequestRates | 'off';
}

/** @throws JobRefusal `RequestThrottled` */
export type JobThrottle = (kind: keyof JobRequestRates) => void;

// General Reference, "AWS IoT Jobs limits": read and write transactions of an account.
const awsRates: JobRequestRates = { reads: 200, writes: 200 };

export const createJobThrottle = (clock: Clock, { jobRequestRates: rates = awsRates }: JobSettings): JobThrottle => {
  if (rates === 'off') return () => undefined;
  const buckets = { reads: new TokenBucket(clock, rates.reads), writes: new TokenBucket(clock, rates.writes) };
  return (kind) => {
    if (!buckets[kind].take()) throw new JobRefusal('RequestThrottled', 'Rate exceeded');
  };
};
