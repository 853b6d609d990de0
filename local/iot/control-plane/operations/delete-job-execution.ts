import type { DeleteJobExecutionRequest } from '@aws-sdk/client-iot';
import { findExecution, invalidTransition } from '../job-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Deletes one execution; one that runs only with `force`. */
export const deleteJobExecution: IotOperation<DeleteJobExecutionRequest> = ({ jobs }, input) => {
  const execution = findExecution(jobs, input);
  if (execution.status === 'IN_PROGRESS' && input.force !== true) {
    throw invalidTransition(`An execution cannot be deleted in state ${execution.status}.`);
  }
  jobs.deleteExecution(execution);
  return {};
};
