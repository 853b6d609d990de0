import type { ListJobExecutionsForThingRequest } from '@aws-sdk/client-iot';
import type { JobExecution } from '../../jobs/job.ts';
import { findThing } from '../../registry/find.ts';
import type { ValidInput } from '../../valid-input.ts';
import { executionSummary } from '../job-views.ts';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

const isWanted = (execution: JobExecution, { status, jobId }: ValidInput<ListJobExecutionsForThingRequest>): boolean =>
  (status === undefined || execution.status === status) && (jobId === undefined || execution.jobId === jobId);

/** A thing's executions, by job. */
export const listJobExecutionsForThing: IotOperation<ListJobExecutionsForThingRequest> = ({ registry, jobs }, input) => {
  findThing(registry, input.thingName);
  const found = jobs.store.executionsFor(input.thingName).filter((execution) => isWanted(execution, input));
  const page = pageOf(found, ({ jobId }) => jobId, { token: input.nextToken, limit: input.maxResults });
  const executionSummaries = page.items.map((execution) => ({
    jobId: execution.jobId,
    jobExecutionSummary: executionSummary(execution),
  }));
  return { executionSummaries, nextToken: page.nextToken };
};
