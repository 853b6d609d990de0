import type { DeleteJobRequest } from '@aws-sdk/client-iot';
import { limitExceeded } from '../../refusals.ts';
import { findJob, invalidTransition } from '../job-rules.ts';
import type { IotOperation } from '../operation.ts';

/** API reference, DeleteJob. */
const maximumDeletions = 10;

/** Deletes a job with its executions, after a while; one that still runs only with `force`. */
export const deleteJob: IotOperation<DeleteJobRequest> = ({ jobs }, { jobId, force = false }) => {
  const job = findJob(jobs, jobId);
  const isRefused = job.status === 'DELETION_IN_PROGRESS' || (job.status === 'IN_PROGRESS' && !force);
  if (isRefused) throw invalidTransition(`Job ${jobId} cannot be deleted in state ${job.status}.`);
  const deletions = [...jobs.store.jobs.values()].filter(({ status }) => status === 'DELETION_IN_PROGRESS').length;
  if (deletions >= maximumDeletions) throw limitExceeded(`At most ${maximumDeletions} jobs are deleted at a time.`);
  jobs.delete(job);
  return {};
};
