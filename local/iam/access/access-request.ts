import type { PolicyDocument } from '../../policy/policy-document.ts';

/** Values of condition keys, e.g. `{ 'iam:PassedToService': 'lambda.amazonaws.com' }`; keys without a value are absent. */
export type ConditionValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The policies of a resource, and what it takes if they say nothing. */
export interface ResourcePolicies {
  readonly documents: readonly PolicyDocument[];
  /**
   * Whether identity policies count only as far as these policies let them: so it is with KMS keys (KMS Developer Guide,
   * "Key policies") and with a role's trust policy.
   */
  readonly isDecisive?: boolean;
}

/** One thing that a caller must be allowed to do for an operation to run. */
export interface AccessRequest {
  /** e.g. `dynamodb:PutItem`. */
  readonly action: string;
  /** The full ARN, or `*` for actions without a resource. */
  readonly resource: string;
  /** Condition keys of the service and of the resource, beside the global ones. */
  readonly context?: ConditionValues;
  readonly policies?: ResourcePolicies | undefined;
  /** Twelve digits; default: the account of the service. */
  readonly ownerId?: string;
}
