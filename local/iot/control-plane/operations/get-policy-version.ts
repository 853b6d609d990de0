import type { GetPolicyVersionRequest, GetPolicyVersionResponse } from '@aws-sdk/client-iot';
import { findPolicy } from '../../registry/find.ts';
import { findPolicyVersion } from '../../registry/find-policy-version.ts';
import type { IotOperation } from '../operation.ts';

/** One version of a policy. */
export const getPolicyVersion: IotOperation<GetPolicyVersionRequest, GetPolicyVersionResponse> = ({ registry }, input) => {
  const { policyName, policyVersionId } = input;
  const policy = findPolicy(registry, policyName);
  const version = findPolicyVersion(policy, policyVersionId);
  return {
    policyArn: registry.arn('policy', policyName),
    policyName,
    policyDocument: version.document,
    policyVersionId,
    isDefaultVersion: policy.defaultVersionId === policyVersionId,
    creationDate: new Date(version.createdAt),
    lastModifiedDate: new Date(version.createdAt),
    generationId: policy.generationId,
  };
};
