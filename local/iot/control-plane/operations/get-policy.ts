import type { GetPolicyRequest, GetPolicyResponse } from '@aws-sdk/client-iot';
import { findPolicy } from '../../registry/find.ts';
import { findPolicyVersion } from '../../registry/find-policy-version.ts';
import type { IotOperation } from '../operation.ts';

/** A policy with its default version's document. */
export const getPolicy: IotOperation<GetPolicyRequest, GetPolicyResponse> = ({ registry }, { policyName }) => {
  const policy = findPolicy(registry, policyName);
  return {
    policyName,
    policyArn: registry.arn('policy', policyName),
    policyDocument: findPolicyVersion(policy, policy.defaultVersionId).document,
    defaultVersionId: policy.defaultVersionId,
    creationDate: new Date(policy.createdAt),
    lastModifiedDate: new Date(policy.modifiedAt),
    generationId: policy.generationId,
  };
};
