import type { CreateMitigationActionRequest, CreateMitigationActionResponse } from '@aws-sdk/client-iot';
import { alreadyExists } from '../../refusals.ts';
import { addTags } from '../../registry/tagging.ts';
import { checkDefenderRole } from '../audit-rules.ts';
import { kindIn } from '../mitigation-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Names something that can be done about findings. */
export const createMitigationAction: IotOperation<CreateMitigationActionRequest, CreateMitigationActionResponse> = (services, input) => {
  const { registry, defender } = services;
  const { actionName, roleArn } = input;
  const actionArn = registry.arn('mitigationaction', actionName);
  checkDefenderRole(services, roleArn);
  if (defender.mitigationActions.has(actionName))
    throw alreadyExists(`Mitigation action ${actionName} already exists.`, { id: actionName, arn: actionArn });
  const now = registry.clock.now();
  const actionId = registry.newId();
  addTags(registry, actionArn, input.tags);
  defender.mitigationActions.set(actionName, {
    actionName,
    actionId,
    roleArn,
    ...kindIn(input.actionParams),
    createdAt: now,
    modifiedAt: now,
  });
  return { actionArn, actionId };
};
