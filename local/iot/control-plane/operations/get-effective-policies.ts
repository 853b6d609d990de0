import type { GetEffectivePoliciesRequest, GetEffectivePoliciesResponse } from '@aws-sdk/client-iot';
import { invalidRequest } from '../../refusals.ts';
import { findThing } from '../../registry/find.ts';
import { findPolicyTarget } from '../../registry/principals.ts';
import { effectivePolicy, groupArnsOf, policyNamesOn } from '../effective-policies.ts';
import type { IotOperation } from '../operation.ts';

/** The policies that bear on a device: its principal's, and those of the thing's groups and of the groups above them. */
export const getEffectivePolicies: IotOperation<GetEffectivePoliciesRequest, GetEffectivePoliciesResponse> = (
  { registry },
  { principal, cognitoIdentityPoolId, thingName },
) => {
  if (principal === undefined && cognitoIdentityPoolId === undefined && thingName === undefined) {
    throw invalidRequest('At least one of principal, cognitoIdentityPoolId and thingName is required.');
  }
  const targets = [
    ...(principal === undefined ? [] : [findPolicyTarget(registry, principal).target]),
    ...(thingName === undefined ? [] : groupArnsOf(registry, findThing(registry, thingName).thingName)),
  ];
  return { effectivePolicies: policyNamesOn(registry, targets).flatMap((name) => effectivePolicy(registry, name) ?? []) };
};
