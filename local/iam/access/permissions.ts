import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { IdentityPrincipal } from '../../policy/principals.ts';
import type { ConditionValues } from './access-request.ts';

/** All that IAM knows of a caller when it decides. */
export interface Permissions {
  readonly principal: IdentityPrincipal;
  /** Inline and attached policies. */
  readonly identity: readonly PolicyDocument[];
  /** The permissions boundary; undefined when there is none, empty when the policy that it names is gone. */
  readonly boundary: readonly PolicyDocument[] | undefined;
  /** What AssumeRole was given; undefined when it was given none. */
  readonly session: readonly PolicyDocument[] | undefined;
  /** Condition keys that describe the caller, e.g. `aws:PrincipalArn`; only asked for where a policy has conditions. */
  context(): ConditionValues;
}
