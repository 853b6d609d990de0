import type { DeleteAuditSuppressionRequest } from '@aws-sdk/client-iot';
import { checkNamed, namedResource } from '../audit-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Deletes a suppression; one that is not there is as good as deleted (API Reference: no ResourceNotFoundException). */
export const deleteAuditSuppression: IotOperation<DeleteAuditSuppressionRequest> = ({ defender }, { checkName, resourceIdentifier }) => {
  defender.suppressions.delete(checkNamed(checkName), namedResource(resourceIdentifier));
  return {};
};
