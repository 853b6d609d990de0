import type { AttachPrincipalPolicyRequest } from '@aws-sdk/client-iot';
import { findPolicy } from '../../registry/find.ts';
import { attachPolicyTo } from '../../registry/policy-attaching.ts';
import { findPrincipal } from '../../registry/principals.ts';
import type { IotOperation } from '../operation.ts';

/** The older AttachPolicy: certificates and Cognito identities only, no thing groups. */
export const attachPrincipalPolicy: IotOperation<AttachPrincipalPolicyRequest> = ({ registry }, { policyName, principal }) => {
  findPolicy(registry, policyName);
  attachPolicyTo(registry, policyName, { target: findPrincipal(registry, principal), kind: 'principal' });
  return {};
};
