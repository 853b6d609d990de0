import { AwsError } from '../aws-error.ts';
import type { MalformedPolicy } from '../policy/malformed-policy.ts';
import { parsePolicyDocument } from '../policy/parse-policy.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { PolicyGrammar } from '../policy/policy-grammar.ts';

/** A policy as IAM keeps it: the text that it shows, and what the text says. */
export interface IamPolicy {
  readonly text: string;
  readonly document: PolicyDocument;
}

/** Elements that some kind of policy has: in the wrong one they are prohibited, anything else is no element at all. */
const knownElements: readonly string[] = ['Principal', 'NotPrincipal', 'Resource', 'NotResource'];

/** IAM's own words for what is wrong. */
function wordsFor({ fault, message }: MalformedPolicy): string {
  switch (fault.kind) {
    case 'json':
      return 'This policy contains invalid Json';
    case 'action':
      return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
    case 'sid':
      return 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*';
    case 'duplicateSid':
      return 'Statement IDs (SID) in a single policy must be unique.';
    case 'resource':
      return `Resource ${fault.text} must be in ARN format or "*".`;
    case 'missing':
      return `Missing required field ${fault.member}`;
    case 'ambiguous':
      return `Statement/policy must not contain both ${fault.member} and Not${fault.member}.`;
    case 'forbidden':
      return knownElements.includes(fault.member) ? `Has prohibited field ${fault.member}` : `Syntax errors in policy. ${message}`;
    case 'length':
    case 'syntax':
      return `Syntax errors in policy. ${message}`;
  }
}

/**
 * Reads a policy of IAM.
 * @param input JSON text as the API carries it, or the object in a template
 * @throws AwsError `MalformedPolicyDocument`
 */
export function parseIamPolicy(input: unknown, grammar: PolicyGrammar): IamPolicy {
  const text = typeof input === 'string' ? input : JSON.stringify(input ?? null);
  return { text, document: parsePolicyDocument(text, grammar, (problem) => new AwsError('MalformedPolicyDocument', wordsFor(problem))) };
}
