import type { AuthInfo, AuthResult } from '@aws-sdk/client-iot';
import { evaluate } from '../../policy/evaluate.ts';
import type { ContextLookup } from '../../policy/match-pattern.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { invalidRequest } from '../refusals.ts';
import type { ValidInput } from '../valid-input.ts';

/** A policy as a trial asks it, under the names that the answer gives. */
export interface TriedPolicy {
  readonly policyName: string;
  readonly policyArn: string;
  readonly document: PolicyDocument;
}

const actions: Readonly<Record<string, string>> = {
  CONNECT: 'iot:Connect',
  PUBLISH: 'iot:Publish',
  SUBSCRIBE: 'iot:Subscribe',
  RECEIVE: 'iot:Receive',
};

const decisions = { allowed: 'ALLOWED', implicitDeny: 'IMPLICIT_DENY', explicitDeny: 'EXPLICIT_DENY' } as const;

type Decision = keyof typeof decisions;

/** What the policies come to for all resources together: one explicit deny denies, one resource that nothing allows denies. */
const combined = (each: readonly Decision[]): Decision => {
  if (each.includes('explicitDeny')) return 'explicitDeny';
  return each.includes('implicitDeny') || each.length === 0 ? 'implicitDeny' : 'allowed';
};

const actionOf = ({ actionType }: ValidInput<AuthInfo>): string => {
  const action = actions[actionType ?? ''];
  if (action === undefined) throw invalidRequest('actionType is required in every authInfo.');
  return action;
};

/** Context keys that somebody looked up in vain. */
const watched = (lookup: ContextLookup): { readonly lookup: ContextLookup; readonly missing: Set<string> } => {
  const missing = new Set<string>();
  return {
    missing,
    lookup: (key) => {
      const values = lookup(key);
      if (values.length === 0) missing.add(key);
      return values;
    },
  };
};

/** Tries one action on its resources (SDK AuthResult): which policies allow, which deny, which say nothing. */
export const tryAuthorization = (policies: readonly TriedPolicy[], authInfo: ValidInput<AuthInfo>, context: ContextLookup): AuthResult => {
  const action = actionOf(authInfo);
  const { lookup, missing } = watched(context);
  const decide = (documents: readonly PolicyDocument[]): Decision =>
    combined(authInfo.resources.map((resource) => evaluate(documents, { action, resource, variables: lookup }).decision));
  const groups: Record<Decision, { policyName: string; policyArn: string }[]> = { allowed: [], implicitDeny: [], explicitDeny: [] };
  for (const { policyName, policyArn, document } of policies) groups[decide([document])].push({ policyName, policyArn });
  return {
    authInfo: { ...authInfo, resources: [...authInfo.resources] },
    allowed: { policies: groups.allowed },
    denied: { implicitDeny: { policies: groups.implicitDeny }, explicitDeny: { policies: groups.explicitDeny } },
    authDecision: decisions[decide(policies.map(({ document }) => document))],
    missingContextValues: [...missing],
  };
};
