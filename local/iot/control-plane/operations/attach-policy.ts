import type { AttachPolicyRequest } from '@aws-sdk/client-iot';
import { findPolicy } from '../../registry/find.ts';
import { attachPolicyTo } from '../../registry/policy-attaching.ts';
import { findPolicyTarget } from '../../registry/principals.ts';
import type { IotOperation } from '../operation.ts';

/** Attaches a policy to a certificate, a thing group or a Cognito identity. */
export const attachPolicy: IotOperation<AttachPolicyRequest> = ({ registry }, { policyName, target }) => {
  findPolicy(registry, policyName);
  attachPolicyTo(registry, policyName, findPolicyTarget(registry, target));
  return {};
};
