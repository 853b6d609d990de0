import type { DescribeJobRequest } from '@aws-sdk/client-iot';
import { findJob } from '../job-rules.ts';
import { jobView } from '../job-views.ts';
import type { IotOperation } from '../operation.ts';

/** A job with how far it has come. */
export const describeJob: IotOperation<DescribeJobRequest> = ({ registry, jobs }, { jobId }) => ({
  job: jobView(registry, jobs, findJob(jobs, jobId)),
});
