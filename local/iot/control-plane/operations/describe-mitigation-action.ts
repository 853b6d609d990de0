import type { DescribeMitigationActionRequest, DescribeMitigationActionResponse } from '@aws-sdk/client-iot';
import { actionParamsOf, findMitigationAction } from '../mitigation-rules.ts';
import type { IotOperation } from '../operation.ts';

/** A mitigation action by name. */
export const describeMitigationAction: IotOperation<DescribeMitigationActionRequest, DescribeMitigationActionResponse> = (
  services,
  input,
) => {
  const action = findMitigationAction(services, input.actionName);
  const { actionName, actionId, roleArn, kind, createdAt, modifiedAt } = action;
  return {
    ...{ actionName, actionType: kind, actionArn: services.registry.arn('mitigationaction', actionName), actionId, roleArn },
    ...{ actionParams: actionParamsOf(action), creationDate: new Date(createdAt), lastModifiedDate: new Date(modifiedAt) },
  };
};
