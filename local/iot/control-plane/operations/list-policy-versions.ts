import type { ListPolicyVersionsRequest } from '@aws-sdk/client-iot';
import { findPolicy } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

/** The versions of a policy, newest first. */
export const listPolicyVersions: IotOperation<ListPolicyVersionsRequest> = ({ registry }, { policyName }) => {
  const policy = findPolicy(registry, policyName);
  const policyVersions = policy.versions.toReversed().map(({ versionId, createdAt }) => ({
    versionId,
    isDefaultVersion: versionId === policy.defaultVersionId,
    createDate: new Date(createdAt),
  }));
  return { policyVersions };
};
