import type { Job } from './job.ts';
import type { JobStore } from './job-store.ts';

/** General Reference, "AWS IoT Jobs": the largest rate, and the one of a job that sets none. */
const largestRate = 1000;

/** Things that a job may notify within this minute. */
export const ratePerMinute = (store: JobStore, { jobId, rollout }: Job, notified: number): number => {
  const { maximumPerMinute = largestRate, exponentialRate } = rollout ?? {};
  if (exponentialRate === undefined) return maximumPerMinute;
  const { baseRatePerMinute, incrementFactor, rateIncreaseCriteria } = exponentialRate;
  const { numberOfNotifiedThings, numberOfSucceededThings } = rateIncreaseCriteria;
  const steps =
    numberOfNotifiedThings === undefined
      ? store.countOf(jobId, 'SUCCEEDED') / (numberOfSucceededThings ?? Infinity)
      : notified / numberOfNotifiedThings;
  return Math.min(maximumPerMinute, Math.floor(baseRatePerMinute * incrementFactor ** Math.floor(steps)));
};
