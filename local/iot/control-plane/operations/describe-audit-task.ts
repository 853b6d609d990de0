import type { DescribeAuditTaskRequest, DescribeAuditTaskResponse } from '@aws-sdk/client-iot';
import { taskView } from '../../defender/audit-task.ts';
import { notFound } from '../../refusals.ts';
import type { IotOperation } from '../operation.ts';

/** An audit, with what came of each of its checks. */
export const describeAuditTask: IotOperation<DescribeAuditTaskRequest, DescribeAuditTaskResponse> = (
  { defender: { audits } },
  { taskId },
) => {
  const task = audits.task(taskId);
  if (task === undefined) throw notFound(`Task ${taskId} cannot be found.`);
  return taskView(task);
};
