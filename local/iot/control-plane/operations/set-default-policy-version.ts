import type { SetDefaultPolicyVersionRequest } from '@aws-sdk/client-iot';
import { findPolicy } from '../../registry/find.ts';
import { findPolicyVersion } from '../../registry/find-policy-version.ts';
import type { IotOperation } from '../operation.ts';

/** Makes a version the one in force. */
export const setDefaultPolicyVersion: IotOperation<SetDefaultPolicyVersionRequest> = ({ registry }, { policyName, policyVersionId }) => {
  const policy = findPolicy(registry, policyName);
  findPolicyVersion(policy, policyVersionId);
  registry.policies.set(policyName, { ...policy, defaultVersionId: policyVersionId, modifiedAt: registry.clock.now() });
  return {};
};
