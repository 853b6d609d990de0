import type { ListPrincipalPoliciesRequest } from '@aws-sdk/client-iot';
import { findPrincipal } from '../../registry/principals.ts';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** The older ListAttachedPolicies: certificates and Cognito identities only. */
export const listPrincipalPolicies: IotOperation<ListPrincipalPoliciesRequest> = ({ registry }, input) => {
  const names = registry.policyAttachments.rightsOf(findPrincipal(registry, input.principal));
  const page = pageOf(names, (name) => name, { token: input.marker, limit: input.pageSize, isDescending: input.ascendingOrder !== true });
  const policies = page.items.map((policyName) => ({ policyName, policyArn: registry.arn('policy', policyName) }));
  return { policies, nextMarker: page.nextToken };
};
