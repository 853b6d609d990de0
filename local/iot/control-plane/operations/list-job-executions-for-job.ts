import type { ListJobExecutionsForJobRequest } from '@aws-sdk/client-iot';
import { findJob } from '../job-rules.ts';
import { executionSummary } from '../job-views.ts';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** A job's executions, by thing. */
export const listJobExecutionsForJob: IotOperation<ListJobExecutionsForJobRequest> = ({ registry, jobs }, input) => {
  const { jobId } = findJob(jobs, input.jobId);
  const found = jobs.store.executionsOf(jobId).filter(({ status }) => input.status === undefined || status === input.status);
  const page = pageOf(found, ({ thingName }) => thingName, { token: input.nextToken, limit: input.maxResults });
  const executionSummaries = page.items.map((execution) => ({
    thingArn: registry.arn('thing', execution.thingName),
    jobExecutionSummary: executionSummary(execution),
  }));
  return { executionSummaries, nextToken: page.nextToken };
};
