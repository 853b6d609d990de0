import type { DetachPolicyRequest } from '@aws-sdk/client-iot';
import { parsePolicyTarget } from '../../registry/principals.ts';
import type { IotOperation } from '../operation.ts';

/** Detaches a policy. Declares no ResourceNotFoundException: a pair that is not attached is a success (assumed). */
export const detachPolicy: IotOperation<DetachPolicyRequest> = ({ registry }, { policyName, target }) => {
  registry.policyAttachments.unlink(parsePolicyTarget(registry, target).target, policyName);
  return {};
};
