import { holds } from './conditions.ts';
import { matchesPattern } from './match-pattern.ts';
import type { ContextLookup } from './match-pattern.ts';
import type { PolicyDocument, PolicyStatement, Selection } from './policy-document.ts';

/** What somebody wants to do, in the terms of any AWS policy. */
export interface PolicyRequest {
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

const selects = (selection: Selection, text: string, lookup: ContextLookup): boolean =>
  selection.patterns.some((pattern) => matchesPattern(pattern, text, lookup)) !== selection.isNegated;

const applies = (statement: PolicyStatement, { action, resource, variables }: PolicyRequest): boolean =>
  selects(statement.actions, action, variables) &&
  selects(statement.resources, resource, variables) &&
  statement.conditions.every((condition) => holds(condition, variables));

/** An explicit deny wins; else any allow; else nothing was said, which denies (IAM: policy evaluation logic). */
export function evaluate(documents: readonly PolicyDocument[], request: PolicyRequest): PolicyVerdict {
  const matching = documents.flatMap(({ statements }) => statements).filter((statement) => applies(statement, request));
  const denies = matching.filter(({ effect }) => effect === 'Deny');
  if (denies.length > 0) return { decision: 'explicitDeny', statements: denies };
  return { decision: matching.length > 0 ? 'allowed' : 'implicitDeny', statements: matching };
}
