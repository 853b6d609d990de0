import { contextOf } from '../policy/context.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { Principal } from '../policy/principals.ts';

/** Who wants to assume a role, and the condition keys that STS knows of the request (e.g. `sts:ExternalId`). */
export interface AssumeRequest {
  readonly principal: Principal;
  readonly context: Readonly<Record<string, string>>;
}

/** Whether a role's trust policy lets that principal assume it; the policy names no resource, for it is the role. */
export const isTrusted = (trustPolicy: PolicyDocument, { principal, context }: AssumeRequest): boolean =>
  evaluate([trustPolicy], { principal, action: 'sts:AssumeRole', resource: '*', variables: contextOf(context) }).decision === 'allowed';
