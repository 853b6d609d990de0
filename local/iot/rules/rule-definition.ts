import type { SqlVersion } from './rule-context.ts';

/** A topic rule as the control plane stores it; actions with the API's members (SDK client-iot, `Action`). */
export interface RuleDefinition {
  readonly ruleName: string;
  readonly sql: string;
  readonly sqlVersion: SqlVersion;
  /** Each an object with one member, the kind of action. */
  readonly actions: readonly object[];
  readonly errorAction?: object | undefined;
  readonly disabled: boolean;
}
