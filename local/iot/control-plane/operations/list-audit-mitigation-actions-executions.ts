import type { ListAuditMitigationActionsExecutionsRequest, ListAuditMitigationActionsExecutionsResponse } from '@aws-sdk/client-iot';
import { findMitigationTask } from '../mitigation-rules.ts';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

type Operation = IotOperation<ListAuditMitigationActionsExecutionsRequest, ListAuditMitigationActionsExecutionsResponse>;

/** What a mitigation did about one finding. */
export const listAuditMitigationActionsExecutions: Operation = (services, { taskId, findingId, actionStatus, nextToken, maxResults }) => {
  const wanted = findMitigationTask(services, taskId).executions.filter(
    (one) => one.findingId === findingId && (actionStatus === undefined || one.status === actionStatus),
  );
  const page = pageOf(wanted, ({ actionName }) => actionName, { token: nextToken, limit: maxResults });
  const actionsExecutions = page.items.map(({ startedAt, endedAt, ...one }) => ({
    ...one,
    ...{ startTime: new Date(startedAt), endTime: endedAt === undefined ? undefined : new Date(endedAt) },
  }));
  return { actionsExecutions, nextToken: page.nextToken };
};
