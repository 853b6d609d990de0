import { AwsError } from '../aws-error.ts';
import type { ManagedPolicyStore } from '../iam/managed-policy-store.ts';
import { parseIamPolicy } from '../iam/iam-policy.ts';
import { identityGrammar } from '../policy/iam-grammars.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';

export interface SessionPolicyInput {
  /** JSON text. */
  readonly inline: string | undefined;
  readonly policyArns: readonly string[];
}

const malformed = (message: string): AwsError => new AwsError('MalformedPolicyDocument', message);

// API reference, AssumeRole: 2,048 characters of plain text.
const maxInlineLength = 2048;

const managed = (policies: ManagedPolicyStore, arn: string): PolicyDocument => {
  const document = policies.documentOf(arn);
  if (document === undefined) throw malformed(`Policy ${arn} does not exist or is not attachable.`);
  return document;
};

/** What limits a session beside its role; undefined when nothing does. Refuses with `MalformedPolicyDocument`. */
export const sessionPolicies = (
  policies: ManagedPolicyStore,
  { inline, policyArns }: SessionPolicyInput,
): readonly PolicyDocument[] | undefined => {
  if (inline === undefined && policyArns.length === 0) return undefined;
  if ((inline?.length ?? 0) > maxInlineLength)
    throw new AwsError('PackedPolicyTooLarge', `The session policy is longer than ${maxInlineLength} characters.`);
  const own = inline === undefined ? [] : [parseIamPolicy(inline, identityGrammar).document];
  return [...own, ...policyArns.map((arn) => managed(policies, arn))];
};
