import type { UpdateMitigationActionRequest, UpdateMitigationActionResponse } from '@aws-sdk/client-iot';
import { checkDefenderRole } from '../audit-rules.ts';
import { findMitigationAction, kindIn } from '../mitigation-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Changes what a mitigation action does, or with which role. */
export const updateMitigationAction: IotOperation<UpdateMitigationActionRequest, UpdateMitigationActionResponse> = (services, input) => {
  const { registry, defender } = services;
  const { actionName, roleArn, actionParams } = input;
  const action = findMitigationAction(services, actionName);
  if (roleArn !== undefined) checkDefenderRole(services, roleArn);
  defender.mitigationActions.set(actionName, {
    ...action,
    roleArn: roleArn ?? action.roleArn,
    ...(actionParams === undefined ? {} : kindIn(actionParams)),
    modifiedAt: registry.clock.now(),
  });
  return { actionArn: registry.arn('mitigationaction', actionName), actionId: action.actionId };
};
