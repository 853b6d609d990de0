import type { AuditMitigationActionsTaskTarget, MitigationActionParams } from '@aws-sdk/client-iot';
import type { AuditFinding } from '../defender/audit-finding.ts';
import { type MitigationAction, mitigationKinds, type MitigationMember } from '../defender/mitigation-action.ts';
import type { MitigationTask } from '../defender/mitigation-tasks.ts';
import { invalidRequest, notFound } from '../refusals.ts';
import type { ValidInput } from '../valid-input.ts';
import type { IotServices } from './operation.ts';

/** API Reference, AddThingsToThingGroupParams. */
const mostGroups = 10;

const isMember = (name: string): name is MitigationMember => Object.hasOwn(mitigationKinds, name);

/** SDK MitigationActionParams: exactly one member, which says what kind it is. */
export const kindIn = (params: ValidInput<MitigationActionParams>): Pick<MitigationAction, 'kind' | 'params'> => {
  const [only, ...others] = Object.entries(params);
  if (only === undefined || others.length > 0 || !isMember(only[0]))
    throw invalidRequest('A mitigation action has exactly one kind of actionParams.');
  const groups = params.addThingsToThingGroupParams?.thingGroupNames ?? [];
  if (groups.length > mostGroups) throw invalidRequest(`At most ${mostGroups} thing groups can be named.`);
  if (params.enableIoTLoggingParams?.logLevel === 'DISABLED') throw invalidRequest('The logLevel must not be DISABLED.');
  return { kind: mitigationKinds[only[0]], params: { ...only[1] } };
};

/** As the API shows the parameters. */
export const actionParamsOf = ({ kind, params }: MitigationAction): object => {
  const member = Object.entries(mitigationKinds).find(([, one]) => one === kind)?.[0] ?? '';
  return { [member]: params };
};

export const findMitigationAction = ({ defender }: Pick<IotServices, 'defender'>, actionName: string): MitigationAction => {
  const action = defender.mitigationActions.get(actionName);
  if (action === undefined) throw notFound(`Mitigation action ${actionName} cannot be found.`);
  return action;
};

export const findMitigationTask = ({ defender }: Pick<IotServices, 'defender'>, taskId: string): MitigationTask => {
  const task = defender.mitigations.get(taskId);
  if (task === undefined) throw notFound(`Task ${taskId} cannot be found.`);
  return task;
};

/** The findings that a request means: of an audit, or by id; and of those, the ones with certain reasons. */
export const targetFindings = (
  { defender: { audits } }: Pick<IotServices, 'defender'>,
  { auditTaskId, findingIds, auditCheckToReasonCodeFilter: reasons }: ValidInput<AuditMitigationActionsTaskTarget>,
): readonly AuditFinding[] => {
  if ((auditTaskId === undefined) === (findingIds === undefined)) throw invalidRequest('A target has either an auditTaskId or findingIds.');
  if (auditTaskId !== undefined && audits.task(auditTaskId) === undefined) throw notFound(`Task ${auditTaskId} cannot be found.`);
  return audits
    .findings()
    .filter(({ taskId, findingId }) => taskId === auditTaskId || findingIds?.includes(findingId) === true)
    .filter(({ checkName, reasonCode }) => reasons === undefined || reasons[checkName]?.includes(reasonCode) === true);
};
