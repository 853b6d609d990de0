import type { StartAuditMitigationActionsTaskRequest, StartAuditMitigationActionsTaskResponse } from '@aws-sdk/client-iot';
import { invalidRequest, taskAlreadyExists } from '../../refusals.ts';
import { checkNamed } from '../audit-rules.ts';
import { findMitigationAction, targetFindings } from '../mitigation-rules.ts';
import type { IotOperation } from '../operation.ts';

/** API Reference, AuditCheckToActionsMapping: actions for a check. */
const mostActions = 5;

type Operation = IotOperation<StartAuditMitigationActionsTaskRequest, StartAuditMitigationActionsTaskResponse>;

/** Applies mitigation actions to findings of the checks that they are mapped from. */
export const startAuditMitigationActionsTask: Operation = (services, { taskId, target, auditCheckToActionsMapping: actionsByCheck }) => {
  const { mitigations } = services.defender;
  if (mitigations.get(taskId) !== undefined) throw taskAlreadyExists(`Task ${taskId} already exists.`);
  for (const [check, names] of Object.entries(actionsByCheck)) {
    checkNamed(check);
    if (names.length === 0 || names.length > mostActions) throw invalidRequest(`A check has from one to ${mostActions} actions.`);
  }
  const names = new Set(Object.values(actionsByCheck).flat());
  const actions = [...names].map((name) => findMitigationAction(services, name));
  const findings = targetFindings(services, target).filter(({ checkName }) => Object.hasOwn(actionsByCheck, checkName));
  mitigations.start({ taskId, target, actionsByCheck, actions, findings });
  return { taskId };
};
