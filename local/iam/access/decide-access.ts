import type { ContextLookup } from '../../policy/match-pattern.ts';
import { evaluate } from '../../policy/evaluate.ts';
import type { PolicyDecision } from '../../policy/evaluate.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { evaluateResourcePolicy } from '../../policy/resource-policy.ts';
import type { ResourcePolicyVerdict } from '../../policy/resource-policy.ts';
import type { AccessRequest } from './access-request.ts';
import type { Permissions } from './permissions.ts';

/** The kinds of policies that AWS names when it refuses. */
export type PolicyKind = 'identity-based policy' | 'resource-based policy' | 'permissions boundary' | 'session policy';

export type AccessDecision =
  | { readonly isAllowed: true }
  | { readonly isAllowed: false; readonly isExplicit: boolean; readonly kind: PolicyKind };

/** A request with its context, and the account whose resource it is about. */
export interface AccessQuestion {
  readonly request: AccessRequest;
  readonly ownerId: string;
  readonly variables: ContextLookup;
}

const allowed: AccessDecision = { isAllowed: true };

interface Opinions {
  readonly resource: ResourcePolicyVerdict;
  readonly own: readonly { readonly kind: PolicyKind; readonly decision: PolicyDecision }[];
}

const opinionsOf = (permissions: Permissions, { request, variables }: AccessQuestion): Opinions => {
  const { principal, identity, boundary, session } = permissions;
  const asked = { action: request.action, resource: request.resource, variables };
  const decisionOf = (documents: readonly PolicyDocument[] | undefined): PolicyDecision =>
    documents === undefined ? 'allowed' : evaluate(documents, asked).decision;
  return {
    resource: evaluateResourcePolicy(request.policies?.documents ?? [], { ...asked, principal }),
    own: [
      { kind: 'identity-based policy', decision: decisionOf(identity) },
      { kind: 'permissions boundary', decision: decisionOf(boundary) },
      { kind: 'session policy', decision: decisionOf(session) },
    ],
  };
};

const explicitDenial = ({ resource, own }: Opinions): AccessDecision | undefined => {
  const denying = own.find(({ decision }) => decision === 'explicitDeny');
  if (denying !== undefined) return { isAllowed: false, isExplicit: true, kind: denying.kind };
  return resource.isDenied ? { isAllowed: false, isExplicit: true, kind: 'resource-based policy' } : undefined;
};

/** The kinds of the caller's own policies that must allow, given what the resource's policies grant. */
const neededKinds = ({ resource }: Opinions, isSameAccount: boolean): readonly PolicyKind[] => {
  if (isSameAccount && resource.grant === 'itself') return [];
  if (isSameAccount && resource.grant === 'principal') return ['permissions boundary', 'session policy'];
  return ['identity-based policy', 'permissions boundary', 'session policy'];
};

/**
 * Decides as IAM does (IAM User Guide, "Policy evaluation logic"): an explicit deny anywhere wins. Within an account an
 * allow by identity or by resource is enough, except where the resource's policies are decisive; across accounts it takes
 * both. Permissions boundary and session policy limit what identity policies allow, and what a resource's policy allows
 * to a role; what it allows to exactly that user or session they do not limit.
 */
export function decideAccess(permissions: Permissions, question: AccessQuestion): AccessDecision {
  const opinions = opinionsOf(permissions, question);
  const denial = explicitDenial(opinions);
  if (denial !== undefined) return denial;
  const isSameAccount = permissions.principal.accountId === question.ownerId;
  const needed = neededKinds(opinions, isSameAccount);
  const silent = opinions.own.find(({ kind, decision }) => needed.includes(kind) && decision !== 'allowed');
  if (silent !== undefined) return { isAllowed: false, isExplicit: false, kind: silent.kind };
  const needsResource = !isSameAccount || question.request.policies?.isDecisive === true;
  return needsResource && opinions.resource.grant === 'none'
    ? { isAllowed: false, isExplicit: false, kind: 'resource-based policy' }
    : allowed;
}
