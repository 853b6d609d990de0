import type { DetachPrincipalPolicyRequest } from '@aws-sdk/client-iot';
import { notFound } from '../../refusals.ts';
import { findPolicy } from '../../registry/find.ts';
import { findPrincipal } from '../../registry/principals.ts';
import type { IotOperation } from '../operation.ts';

/** The older DetachPolicy, for certificates and Cognito identities; unlike it, it declares ResourceNotFoundException. */
export const detachPrincipalPolicy: IotOperation<DetachPrincipalPolicyRequest> = ({ registry, behaviour }, { policyName, principal }) => {
  findPolicy(registry, policyName);
  const target = findPrincipal(registry, principal);
  const wasAttached = registry.policyAttachments.unlink(target, policyName);
  if (!wasAttached && behaviour['registry.detach-unattached-principal-policy'] === 'refused') {
    throw notFound(`Policy ${policyName} is not attached to ${target}.`);
  }
  return {};
};
