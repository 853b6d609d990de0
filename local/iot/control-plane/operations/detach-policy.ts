import type { DetachPolicyRequest } from '@aws-sdk/client-iot';
import { notFound } from '../../refusals.ts';
import { parsePolicyTarget } from '../../registry/principals.ts';
import type { IotOperation } from '../operation.ts';

/** Detaches a policy from a certificate, a thing group or a Cognito identity. */
export const detachPolicy: IotOperation<DetachPolicyRequest> = ({ registry, behaviour }, { policyName, target }) => {
  const wasAttached = registry.policyAttachments.unlink(parsePolicyTarget(registry, target).target, policyName);
  if (!wasAttached && behaviour['registry.detach-unattached-policy'] === 'refused') {
    throw notFound(`Policy ${policyName} is not attached to ${target}.`);
  }
  return {};
};
