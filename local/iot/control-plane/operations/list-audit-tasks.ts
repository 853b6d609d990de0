import type { ListAuditTasksRequest, ListAuditTasksResponse } from '@aws-sdk/client-iot';
import { millisecondsOf } from '../audit-rules.ts';
import type { IotOperation } from '../operation.ts';
import { keyByTime, pageOf } from '../page.ts';

/** The audits of a time, the latest first. */
export const listAuditTasks: IotOperation<ListAuditTasksRequest, ListAuditTasksResponse> = ({ defender: { audits } }, input) => {
  const [from = 0, until = 0] = [millisecondsOf(input.startTime), millisecondsOf(input.endTime)];
  const wanted = audits
    .tasks()
    .filter(
      ({ startedAt, taskType, status }) =>
        startedAt >= from &&
        startedAt <= until &&
        (input.taskType === undefined || taskType === input.taskType) &&
        (input.taskStatus === undefined || status === input.taskStatus),
    );
  const page = pageOf(wanted, ({ startedAt, taskId }) => keyByTime(startedAt, taskId), {
    ...{ token: input.nextToken, limit: input.maxResults, isDescending: true },
  });
  const tasks = page.items.map(({ taskId, status, taskType }) => ({ taskId, taskStatus: status, taskType }));
  return { tasks, nextToken: page.nextToken };
};
