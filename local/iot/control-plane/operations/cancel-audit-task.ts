import type { CancelAuditTaskRequest } from '@aws-sdk/client-iot';
import { invalidRequest, notFound } from '../../refusals.ts';
import type { IotOperation } from '../operation.ts';

/** Cancels an audit that is in progress. */
export const cancelAuditTask: IotOperation<CancelAuditTaskRequest> = ({ defender: { audits } }, { taskId }) => {
  const task = audits.task(taskId);
  if (task === undefined) throw notFound(`Task ${taskId} cannot be found.`);
  if (task.status !== 'IN_PROGRESS') throw invalidRequest(`Task ${taskId} is not in progress.`);
  audits.cancel(task);
  return {};
};
