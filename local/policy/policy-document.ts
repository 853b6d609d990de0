import type { ConditionOperator } from './condition-operators.ts';
import type { Pattern } from './parse-pattern.ts';

/** What `Action`/`NotAction` or `Resource`/`NotResource` names; `isNegated` for the `Not…` form. */
export interface Selection {
  readonly isNegated: boolean;
  /** Whether letters match in either case; the patterns' tokens then hold small ones. */
  readonly ignoresCase: boolean;
  readonly patterns: readonly Pattern[];
}

/** One principal that a policy names; `Anyone` is a bare `*` that also means services. */
export type NamedPrincipal =
  | { readonly kind: 'Anyone' }
  | { readonly kind: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser'; readonly value: string };

/** What `Principal`/`NotPrincipal` names. */
export interface PrincipalSelection {
  readonly isNegated: boolean;
  readonly principals: readonly NamedPrincipal[];
}

/** How a condition treats a key with several values (IAM: set operators). */
export type Quantifier = 'ForAllValues' | 'ForAnyValue';

/** One operator applied to one key; it holds when any of `operands` does. */
export interface Condition {
  readonly operator: ConditionOperator;
  readonly quantifier: Quantifier | undefined;
  /** `…IfExists`: holds when the request has no such key. */
  readonly isOptional: boolean;
  readonly key: string;
  readonly operands: readonly Pattern[];
}

export interface PolicyStatement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Undefined in policies that name none: they are about the principal that they are attached to. */
  readonly principals: PrincipalSelection | undefined;
  readonly actions: Selection;
  /** Undefined in policies that name none: they are about the resource that they are attached to. */
  readonly resources: Selection | undefined;
  /** All must hold. */
  readonly conditions: readonly Condition[];
}

/** A policy whose text obeyed the grammar. */
export interface PolicyDocument {
  readonly statements: readonly PolicyStatement[];
}
