import type { DescribeAuditMitigationActionsTaskRequest, DescribeAuditMitigationActionsTaskResponse } from '@aws-sdk/client-iot';
import type { Execution } from '../../defender/mitigation-tasks.ts';
import { actionParamsOf, findMitigationTask } from '../mitigation-rules.ts';
import type { IotOperation } from '../operation.ts';

type Operation = IotOperation<DescribeAuditMitigationActionsTaskRequest, DescribeAuditMitigationActionsTaskResponse>;

const statisticsOf = (executions: readonly Execution[]) => {
  const count = (wanted: Execution['status']): number => executions.filter(({ status }) => status === wanted).length;
  return {
    ...{ totalFindingsCount: new Set(executions.map(({ findingId }) => findingId)).size, canceledFindingsCount: 0 },
    ...{ failedFindingsCount: count('FAILED'), succeededFindingsCount: count('COMPLETED'), skippedFindingsCount: count('SKIPPED') },
  };
};

/** A mitigation, with how far it has come. */
export const describeAuditMitigationActionsTask: Operation = (services, input) => {
  const { status, startedAt, endedAt, executions, target, actionsByCheck, actions } = findMitigationTask(services, input.taskId);
  const byCheck = Map.groupBy(executions, ({ checkName }) => checkName);
  return {
    ...{ taskStatus: status, startTime: new Date(startedAt), endTime: endedAt === undefined ? undefined : new Date(endedAt), target },
    taskStatistics: Object.fromEntries([...byCheck].map(([check, found]) => [check, statisticsOf(found)])),
    auditCheckToActionsMapping: Object.fromEntries(Object.entries(actionsByCheck).map(([check, names]) => [check, [...names]])),
    actionsDefinition: actions.map((action) => ({
      ...{ name: action.actionName, id: action.actionId, roleArn: action.roleArn, actionParams: actionParamsOf(action) },
    })),
  };
};
