import type { DeletePolicyVersionRequest } from '@aws-sdk/client-iot';
import { deleteConflict } from '../../refusals.ts';
import { findPolicy } from '../../registry/find.ts';
import { findPolicyVersion } from '../../registry/find-policy-version.ts';
import type { IotOperation } from '../operation.ts';

/** Deletes a version that is not the default one. */
export const deletePolicyVersion: IotOperation<DeletePolicyVersionRequest> = ({ registry }, { policyName, policyVersionId }) => {
  const policy = findPolicy(registry, policyName);
  findPolicyVersion(policy, policyVersionId);
  if (policy.defaultVersionId === policyVersionId) throw deleteConflict('Cannot delete the default version of a policy');
  const versions = policy.versions.filter(({ versionId }) => versionId !== policyVersionId);
  registry.policies.set(policyName, { ...policy, versions });
  return {};
};
