import type { CreateJobRequest, CreateJobResponse } from '@aws-sdk/client-iot';
import { alreadyExists } from '../../refusals.ts';
import type { Job } from '../../jobs/job.ts';
import { addTags } from '../../registry/tagging.ts';
import type { ValidInput } from '../../valid-input.ts';
import { checkRollout, checkSupported, checkTargets, documentIn } from '../job-rules.ts';
import type { IotOperation } from '../operation.ts';

const jobOf = (input: ValidInput<CreateJobRequest>, nowMs: number): Job => ({
  jobId: input.jobId,
  targets: input.targets,
  document: documentIn(input),
  description: input.description,
  targetSelection: input.targetSelection ?? 'SNAPSHOT',
  rollout: input.jobExecutionsRolloutConfig,
  abortCriteria: input.abortConfig?.criteriaList,
  inProgressTimeoutMinutes: input.timeoutConfig?.inProgressTimeoutInMinutes,
  status: 'IN_PROGRESS',
  createdAt: nowMs,
  lastUpdatedAt: nowMs,
});

/** Creates a job, which is brought to its things from then on. */
export const createJob: IotOperation<CreateJobRequest, CreateJobResponse> = ({ registry, jobs }, input) => {
  checkSupported(input);
  checkRollout(input);
  const { jobId, description } = input;
  const jobArn = registry.arn('job', jobId);
  if (jobs.store.jobs.has(jobId)) throw alreadyExists(`Job ${jobId} already exists.`, { id: jobId, arn: jobArn });
  const job = jobOf(input, registry.clock.now());
  checkTargets(registry, input.targets);
  addTags(registry, jobArn, input.tags);
  jobs.create(job);
  return { jobArn, jobId, description };
};
