import type { DeleteMitigationActionRequest } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';

/** Deletes a mitigation action; one that is not there is as good as deleted (API Reference: no ResourceNotFoundException). */
export const deleteMitigationAction: IotOperation<DeleteMitigationActionRequest> = ({ registry, defender }, { actionName }) => {
  defender.mitigationActions.delete(actionName);
  registry.tags.delete(registry.arn('mitigationaction', actionName));
  return {};
};
