import type { CancelJobExecutionRequest } from '@aws-sdk/client-iot';
import { versionConflict } from '../../refusals.ts';
import { findExecution, invalidTransition } from '../job-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Cancels one execution that waits; with `force` also one that runs. */
export const cancelJobExecution: IotOperation<CancelJobExecutionRequest> = ({ jobs }, input) => {
  const { force = false, expectedVersion, statusDetails } = input;
  const execution = findExecution(jobs, { jobId: input.jobId, thingName: input.thingName });
  const { status, versionNumber } = execution;
  if (expectedVersion !== undefined && expectedVersion !== versionNumber) {
    throw versionConflict(`The execution has version ${versionNumber}, not ${expectedVersion}.`);
  }
  const mayCancel = status === 'QUEUED' || (status === 'IN_PROGRESS' && force);
  if (!mayCancel) throw invalidTransition(`An execution cannot be cancelled in state ${status}.`);
  jobs.cancelExecution(execution, { isForced: force, statusDetails });
  return {};
};
