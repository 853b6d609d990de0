import type { LineName, TenantName } from './identifiers.ts';

/** What somebody who runs a fleet is there for; each is a managed policy of IAM. */
export const operatorRoles = ['factory', 'support', 'operator', 'security', 'auditor'] as const;

export type OperatorRole = (typeof operatorRoles)[number];

/**
 * The rights under which a call arrives. Each scope is an alias of the operations function with a URL of its own, and IAM
 * says who may call it: so the scope is AWS's word, not the caller's.
 */
export interface OperatorScope {
  readonly name: string;
  readonly role: OperatorRole;
  /** The lines that it reaches; none said means all. */
  readonly lines?: readonly LineName[] | undefined;
  /** The tenants whose devices it sees; none said means all. */
  readonly tenants?: readonly TenantName[] | undefined;
}

/** Whether something of this line and tenant lies within a scope. */
export const reaches = (scope: OperatorScope, what: { readonly line?: LineName; readonly tenant?: TenantName }): boolean =>
  (what.line === undefined || scope.lines === undefined || scope.lines.includes(what.line)) &&
  (what.tenant === undefined || scope.tenants === undefined || scope.tenants.includes(what.tenant));
