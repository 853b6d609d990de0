import type { DeletePolicyRequest } from '@aws-sdk/client-iot';
import { deleteConflict } from '../../refusals.ts';
import { findPolicy } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

/** Deletes a policy that is attached to nothing and has no version but the default one. */
export const deletePolicy: IotOperation<DeletePolicyRequest> = ({ registry }, { policyName }) => {
  const policy = findPolicy(registry, policyName);
  const targets = registry.policyAttachments.leftsOf(policyName);
  if (targets.length > 0) {
    throw deleteConflict(`The policy cannot be deleted as the policy is attached to one or more principals (name=${policyName})`);
  }
  if (policy.versions.length > 1) {
    throw deleteConflict(`Cannot delete the policy because it has one or more policy versions attached to it (name=${policyName})`);
  }
  registry.policies.delete(policyName);
  registry.tags.delete(registry.arn('policy', policyName));
  return {};
};
