import type { ConditionOperator } from './condition-operators.ts';
import type { Pattern } from './parse-pattern.ts';

/** What `Action`/`NotAction` or `Resource`/`NotResource` names; `isNegated` for the `Not…` form. */
export interface Selection {
  readonly isNegated: boolean;
  readonly patterns: readonly Pattern[];
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
  readonly actions: Selection;
  readonly resources: Selection;
  /** All must hold. */
  readonly conditions: readonly Condition[];
}

/** A policy whose text obeyed the grammar. */
export interface PolicyDocument {
  readonly statements: readonly PolicyStatement[];
}
