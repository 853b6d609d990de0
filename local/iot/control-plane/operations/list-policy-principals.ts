import type { ListPolicyPrincipalsRequest } from '@aws-sdk/client-iot';
import { findPolicy } from '../../registry/find.ts';
import { parsePolicyTarget } from '../../registry/principals.ts';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** The older ListTargetsForPolicy: without thing groups. */
export const listPolicyPrincipals: IotOperation<ListPolicyPrincipalsRequest> = ({ registry }, input) => {
  findPolicy(registry, input.policyName);
  const principals = registry.policyAttachments
    .leftsOf(input.policyName)
    .filter((target) => parsePolicyTarget(registry, target).kind === 'principal');
  const page = pageOf(principals, (name) => name, {
    token: input.marker,
    limit: input.pageSize,
    isDescending: input.ascendingOrder !== true,
  });
  return { principals: page.items, nextMarker: page.nextToken };
};
