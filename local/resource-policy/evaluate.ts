import type { ConditionContext } from './condition.ts';
import { conditionHolds } from './condition.ts';
import { matchesPattern } from './pattern.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';

export interface PolicyRequest {
  /** A service principal (`sns.amazonaws.com`), or a principal's ARN. */
  readonly principal: { readonly service: string } | { readonly arn: string; readonly accountId: string };
  /** e.g. `sqs:SendMessage`. */
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
}

const namesPrincipal = (named: PolicyStatement['Principal'], principal: PolicyRequest['principal']): boolean => {
  if (named === undefined) return false;
  if (named === '*') return true;
  if ('service' in principal) return (named['Service'] ?? []).includes(principal.service);
  const root = `arn:aws:iam::${principal.accountId}:root`;
  return (named['AWS'] ?? []).some((name) => ['*', principal.arn, principal.accountId, root].includes(name));
};

const appliesToPrincipal = (statement: PolicyStatement, request: PolicyRequest): boolean =>
  statement.NotPrincipal === undefined
    ? namesPrincipal(statement.Principal, request.principal)
    : !namesPrincipal(statement.NotPrincipal, request.principal);

const appliesToAction = (statement: PolicyStatement, action: string): boolean => {
  const names = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase()));
  return statement.NotAction === undefined ? names(statement.Action ?? []) : !names(statement.NotAction);
};

const appliesToResource = (statement: PolicyStatement, resource: string): boolean => {
  const names = (patterns: readonly string[]): boolean => patterns.some((pattern) => matchesPattern(pattern, resource));
  if (statement.NotResource !== undefined) return !names(statement.NotResource);
  // A key policy or a function's statement may name no resource: it is about the resource that it is attached to.
  return statement.Resource === undefined || names(statement.Resource);
};

const applies = (statement: PolicyStatement, request: PolicyRequest): boolean =>
  appliesToPrincipal(statement, request) &&
  appliesToAction(statement, request.action) &&
  appliesToResource(statement, request.resource) &&
  conditionHolds(statement.Condition, request.context);

/** Whether a resource-based policy lets the request through: an explicit deny wins, silence is no permission. */
export const isAllowedByResourcePolicy = (policy: PolicyDocument | undefined, request: PolicyRequest): boolean => {
  const applicable = (policy?.Statement ?? []).filter((statement) => applies(statement, request));
  return applicable.length > 0 && applicable.every((statement) => statement.Effect === 'Allow');
};
