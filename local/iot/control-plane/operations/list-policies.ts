import type { ListPoliciesRequest } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { keyByTime, pageOf } from '../page.ts';

/** All policies by creation date, newest first unless asked otherwise. */
export const listPolicies: IotOperation<ListPoliciesRequest> = ({ registry }, { marker, pageSize, ascendingOrder }) => {
  const page = pageOf(registry.policies.values(), ({ createdAt, policyName }) => keyByTime(createdAt, policyName), {
    token: marker,
    limit: pageSize,
    isDescending: ascendingOrder !== true,
  });
  const policies = page.items.map(({ policyName }) => ({ policyName, policyArn: registry.arn('policy', policyName) }));
  return { policies, nextMarker: page.nextToken };
};
