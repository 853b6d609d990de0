import type { Job, JobExecution } from '../jobs/job.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { IotRegistry } from '../registry/registry.ts';

const dateOf = (ms: number | undefined): Date | undefined => (ms === undefined ? undefined : new Date(ms));

/** How lists show a job (API reference, JobSummary). */
export const jobSummary = (registry: IotRegistry, job: Job) => ({
  jobArn: registry.arn('job', job.jobId),
  jobId: job.jobId,
  targetSelection: job.targetSelection,
  status: job.status,
  createdAt: dateOf(job.createdAt),
  lastUpdatedAt: dateOf(job.lastUpdatedAt),
  completedAt: dateOf(job.completedAt),
});

const processDetails = ({ store }: Jobs, { jobId }: Job) => ({
  numberOfCanceledThings: store.countOf(jobId, 'CANCELED'),
  numberOfSucceededThings: store.countOf(jobId, 'SUCCEEDED'),
  numberOfFailedThings: store.countOf(jobId, 'FAILED'),
  numberOfRejectedThings: store.countOf(jobId, 'REJECTED'),
  numberOfQueuedThings: store.countOf(jobId, 'QUEUED'),
  numberOfInProgressThings: store.countOf(jobId, 'IN_PROGRESS'),
  numberOfRemovedThings: store.countOf(jobId, 'REMOVED'),
  numberOfTimedOutThings: store.countOf(jobId, 'TIMED_OUT'),
});

/** API reference, Job. */
export const jobView = (registry: IotRegistry, jobs: Jobs, job: Job) => ({
  ...jobSummary(registry, job),
  ...{ targets: job.targets, description: job.description, jobExecutionsRolloutConfig: job.rollout },
  ...{ forceCanceled: job.isForceCanceled, reasonCode: job.reasonCode, comment: job.comment },
  ...(job.abortCriteria === undefined ? {} : { abortConfig: { criteriaList: job.abortCriteria } }),
  ...(job.inProgressTimeoutMinutes === undefined ? {} : { timeoutConfig: { inProgressTimeoutInMinutes: job.inProgressTimeoutMinutes } }),
  jobProcessDetails: { processingTargets: jobs.processingTargets(job), ...processDetails(jobs, job) },
});

/** How lists show an execution (API reference, JobExecutionSummary). */
export const executionSummary = (execution: JobExecution) => ({
  status: execution.status,
  queuedAt: dateOf(execution.queuedAt),
  startedAt: dateOf(execution.startedAt),
  lastUpdatedAt: dateOf(execution.lastUpdatedAt),
  executionNumber: execution.executionNumber,
});
