import type { ListTargetsForPolicyRequest } from '@aws-sdk/client-iot';
import { findPolicy } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';
import { pageOfNames } from '../page.ts';

/** Everything that a policy is attached to. */
export const listTargetsForPolicy: IotOperation<ListTargetsForPolicyRequest> = ({ registry }, { policyName, marker, pageSize }) => {
  findPolicy(registry, policyName);
  const page = pageOfNames(registry.policyAttachments.leftsOf(policyName), { token: marker, limit: pageSize });
  return { targets: page.items, nextMarker: page.nextToken };
};
