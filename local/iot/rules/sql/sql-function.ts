import type { RuleContext } from '../rule-context.ts';
import { asString } from './conversions.ts';
import type { SqlExpression, SqlValue } from './sql-expression.ts';

/** How a statement reads and evaluates a call. */
export interface SqlFunction {
  /** As the documentation spells it; calls may write it in any case. */
  readonly name: string;
  readonly minArguments: number;
  readonly maxArguments: number;
  /** Of SQL version 2016-03-23 and later (DG:iot-sql-functions). */
  readonly isLater: boolean;
  /** What is wrong with the arguments as they are written; undefined when nothing is. */
  check(args: readonly SqlExpression[]): string | undefined;
  call(args: readonly SqlValue[], context: RuleContext): SqlValue;
}

interface Details {
  readonly isLater?: boolean;
  readonly check?: SqlFunction['check'];
}

/** `count`: how many arguments it takes, or the fewest and the most. */
export const sqlFunction = (
  name: string,
  count: number | readonly [number, number],
  { call, isLater = false, check = () => undefined }: Details & Pick<SqlFunction, 'call'>,
): SqlFunction => {
  const [minArguments, maxArguments] = typeof count === 'number' ? [count, count] : count;
  return { name, minArguments, maxArguments, isLater, check, call };
};

/** A function of strings: standard conversions apply to all arguments, and what has no string makes the result Undefined. */
export const ofStrings =
  (apply: (...texts: readonly [string, string, string]) => SqlValue) =>
  (args: readonly SqlValue[]): SqlValue => {
    const [one = '', two = '', three = '', ...rest] = args.map(asString);
    return args.map(asString).includes(undefined) || rest.length > 0 ? undefined : apply(one, two, three);
  };

/** What must be written out in the statement, such as the name of an encoding. */
export const literalText = (expression: SqlExpression | undefined): string | undefined =>
  expression?.kind === 'literal' && typeof expression.value === 'string' ? expression.value : undefined;
