import { holds } from './conditions.ts';
import { matchesPattern } from './match-pattern.ts';
import type { ContextLookup } from './match-pattern.ts';
import type { PolicyDocument, PolicyStatement, Selection } from './policy-document.ts';
import { includesPrincipal } from './principals.ts';
import type { Principal } from './principals.ts';

/** What somebody wants to do, in the terms of any AWS policy. */
export interface PolicyRequest {
  /** Who asks; needed by policies that name principals. */
  readonly principal?: Principal;
  /** e.g. `iot:Publish`. */
  readonly action: string;
  /** The full ARN, or `*` for actions without a resource. */
  readonly resource: string;
  /** Context keys, which are also the policy variables. */
  readonly variables: ContextLookup;
}

export type PolicyDecision = 'allowed' | 'implicitDeny' | 'explicitDeny';

export interface PolicyVerdict {
  readonly decision: PolicyDecision;
  /** The statements that made the decision: all matching denies, else all matching allows. */
  readonly statements: readonly PolicyStatement[];
}

/** Whether `Action`/`NotAction` or `Resource`/`NotResource` means that text. */
export function selects({ isNegated, ignoresCase, patterns }: Selection, text: string, lookup: ContextLookup): boolean {
  const asked = ignoresCase ? text.toLowerCase() : text;
  return patterns.some((pattern) => matchesPattern(pattern, asked, lookup)) !== isNegated;
}

function isAbout({ principals, effect }: PolicyStatement, principal: Principal | undefined): boolean {
  if (principals === undefined) return true;
  // Whoever is not known is let in by nothing and kept out by everything.
  return principal === undefined ? effect === 'Deny' : includesPrincipal(principals, principal);
}

/** Whether a statement is about the request, whatever its effect. */
export const applies = (statement: PolicyStatement, { principal, action, resource, variables }: PolicyRequest): boolean =>
  isAbout(statement, principal) &&
  selects(statement.actions, action, variables) &&
  (statement.resources === undefined || selects(statement.resources, resource, variables)) &&
  statement.conditions.every((condition) => holds(condition, variables));

/** An explicit deny wins; else any allow; else nothing was said, which denies (IAM: policy evaluation logic). */
export function evaluate(documents: readonly PolicyDocument[], request: PolicyRequest): PolicyVerdict {
  const matching = documents.flatMap(({ statements }) => statements).filter((statement) => applies(statement, request));
  const denies = matching.filter(({ effect }) => effect === 'Deny');
  if (denies.length > 0) return { decision: 'explicitDeny', statements: denies };
  return { decision: matching.length > 0 ? 'allowed' : 'implicitDeny', statements: matching };
}
