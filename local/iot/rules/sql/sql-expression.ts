/** What an expression can yield; `undefined` is the rules engine's own `Undefined` (DG:iot-sql-data-types). */
export type SqlValue = undefined | null | boolean | number | string | readonly SqlValue[] | { readonly [name: string]: SqlValue };

export type BinaryOperator = 'OR' | 'AND' | 'IN' | '=' | '<>' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

export type SqlExpression =
  | { readonly kind: 'literal'; readonly value: SqlValue }
  /** A member of the payload, e.g. `color.red`. */
  | { readonly kind: 'path'; readonly names: readonly string[] }
  | { readonly kind: 'array'; readonly items: readonly SqlExpression[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly SqlExpression[] }
  | { readonly kind: 'unary'; readonly operator: 'NOT' | '-'; readonly operand: SqlExpression }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: SqlExpression; readonly right: SqlExpression };

export type SelectItem =
  | { readonly kind: 'all' }
  /** `path`: where the value goes in the outgoing payload; `AS a.b` nests. */
  | { readonly kind: 'field'; readonly expression: SqlExpression; readonly path: readonly string[] };

export interface RuleStatement {
  readonly select: readonly SelectItem[];
  readonly topicFilter: string;
  readonly where: SqlExpression | undefined;
}
