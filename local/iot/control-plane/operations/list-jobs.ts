import type { ListJobsRequest } from '@aws-sdk/client-iot';
import type { Job } from '../../jobs/job.ts';
import { findThingGroup } from '../../registry/find.ts';
import type { IotRegistry } from '../../registry/registry.ts';
import type { ValidInput } from '../../valid-input.ts';
import { jobSummary } from '../job-views.ts';
import type { IotOperation } from '../operation.ts';
import { keyByTime, pageOf } from '../page.ts';

const isWanted = (registry: IotRegistry, job: Job, { status, targetSelection, thingGroupName }: ValidInput<ListJobsRequest>): boolean =>
  (status === undefined || job.status === status) &&
  (targetSelection === undefined || job.targetSelection === targetSelection) &&
  (thingGroupName === undefined || job.targets.includes(registry.arn('thinggroup', thingGroupName)));

/** Jobs, the newest first. */
export const listJobs: IotOperation<ListJobsRequest> = ({ registry, jobs }, input) => {
  if (input.thingGroupName !== undefined) findThingGroup(registry, input.thingGroupName);
  const found = [...jobs.store.jobs.values()].filter((job) => isWanted(registry, job, input));
  const page = pageOf(found, ({ createdAt, jobId }) => keyByTime(createdAt, jobId), {
    ...{ token: input.nextToken, limit: input.maxResults, isDescending: true },
  });
  return { jobs: page.items.map((job) => jobSummary(registry, job)), nextToken: page.nextToken };
};
