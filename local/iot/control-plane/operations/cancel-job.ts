import type { CancelJobRequest, CancelJobResponse } from '@aws-sdk/client-iot';
import { invalidRequest } from '../../refusals.ts';
import { findJob } from '../job-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Cancels a job with what waits for it; with `force` also what runs. */
export const cancelJob: IotOperation<CancelJobRequest, CancelJobResponse> = ({ registry, jobs, behaviour }, input) => {
  const { jobId, force = false, reasonCode, comment } = input;
  const job = findJob(jobs, jobId);
  const isRefused = job.status === 'DELETION_IN_PROGRESS' || behaviour['jobs.cancel-ended-job'] === 'refused';
  if (job.status !== 'IN_PROGRESS' && isRefused) throw invalidRequest(`Job ${jobId} cannot be cancelled in state ${job.status}.`);
  if (job.status === 'IN_PROGRESS') jobs.cancel(job, { isForced: force, reasonCode, comment });
  return { jobArn: registry.arn('job', jobId), jobId, description: job.description };
};
