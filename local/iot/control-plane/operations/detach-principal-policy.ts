import type { DetachPrincipalPolicyRequest } from '@aws-sdk/client-iot';
import { notFound } from '../../refusals.ts';
import { findPolicy } from '../../registry/find.ts';
import { findPrincipal } from '../../registry/principals.ts';
import type { IotOperation } from '../operation.ts';

/** The older DetachPolicy; unlike it, it declares ResourceNotFoundException, also for a pair that is not attached (assumed). */
export const detachPrincipalPolicy: IotOperation<DetachPrincipalPolicyRequest> = ({ registry }, { policyName, principal }) => {
  findPolicy(registry, policyName);
  const target = findPrincipal(registry, principal);
  if (!registry.policyAttachments.unlink(target, policyName)) throw notFound(`Policy ${policyName} is not attached to ${target}.`);
  return {};
};
