/** What an expression can yield; `undefined` is the rules engine's own `Undefined` (DG:iot-sql-data-types). */
export type SqlValue = undefined | null | boolean | number | string | readonly SqlValue[] | { readonly [name: string]: SqlValue };

export type BinaryOperator = 'OR' | 'AND' | 'IN' | '=' | '<>' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

export type CastType = 'string' | 'int' | 'decimal' | 'boolean';

export interface CaseBranch {
  readonly when: SqlExpression;
  readonly result: SqlExpression;
}

export type SqlExpression =
  | { readonly kind: 'literal'; readonly value: SqlValue }
  /** A member of the payload. */
  | { readonly kind: 'field'; readonly name: string }
  /** A member of an object, e.g. the `red` of `color.red`. */
  | { readonly kind: 'member'; readonly of: SqlExpression; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly SqlExpression[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, SqlExpression])[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly SqlExpression[] }
  /** `encode(*, 'base64')` */
  | { readonly kind: 'payload-in-base64' }
  | { readonly kind: 'cast'; readonly type: CastType; readonly operand: SqlExpression }
  | { readonly kind: 'case'; readonly subject: SqlExpression; readonly branches: readonly CaseBranch[]; readonly otherwise?: SqlExpression }
  | { readonly kind: 'unary'; readonly operator: 'NOT' | '-'; readonly operand: SqlExpression }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: SqlExpression; readonly right: SqlExpression };

export type SelectItem =
  | { readonly kind: 'all' }
  /** `path`: where the value goes in the outgoing payload; `AS a.b` nests. */
  | { readonly kind: 'item'; readonly expression: SqlExpression; readonly path: readonly string[] };

/** What a statement puts out: an object of its items, or one value (SELECT VALUE), `*` being the payload. */
export type Selection =
  | { readonly kind: 'object'; readonly items: readonly SelectItem[] }
  | { readonly kind: 'value'; readonly expression: SqlExpression | 'all' };

export interface RuleStatement {
  readonly select: Selection;
  /** Undefined for a rule that is reached by Basic Ingest only (DG:iot-basic-ingest). */
  readonly topicFilter: string | undefined;
  readonly where: SqlExpression | undefined;
}
