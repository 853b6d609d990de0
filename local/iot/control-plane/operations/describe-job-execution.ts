import type { DescribeJobExecutionRequest } from '@aws-sdk/client-iot';
import { secondsLeft } from '../../jobs/execution-views.ts';
import { findExecution } from '../job-rules.ts';
import { executionSummary } from '../job-views.ts';
import type { IotOperation } from '../operation.ts';

export const describeJobExecution: IotOperation<DescribeJobExecutionRequest> = ({ registry, jobs }, input) => {
  const execution = findExecution(jobs, input);
  return {
    execution: {
      ...executionSummary(execution),
      jobId: execution.jobId,
      thingArn: registry.arn('thing', execution.thingName),
      statusDetails: { detailsMap: execution.statusDetails ?? {} },
      versionNumber: execution.versionNumber,
      forceCanceled: execution.isForceCanceled,
      approximateSecondsBeforeTimedOut: secondsLeft(execution, registry.clock.now()),
    },
  };
};
