import type { RuleContext } from '../../rule-context.ts';
import { asInt, isArray, memberOf } from '../conversions.ts';
import type { SqlValue } from '../sql-expression.ts';
import { sqlFunction, type SqlFunction } from '../sql-function.ts';

function get([value, key]: readonly SqlValue[], { behaviour }: RuleContext): SqlValue {
  if (!isArray(value) && typeof value !== 'string') return typeof key === 'string' ? memberOf(value, key) : undefined;
  const index = asInt(key, behaviour);
  return index === undefined ? undefined : value[index];
}

/** Functions of values of any type (DG:iot-sql-functions). */
export const valueFunctions: readonly SqlFunction[] = [
  sqlFunction('get', 2, { call: get }),
  sqlFunction('get_or_default', [1, 2], { isLater: true, call: ([value, other]) => value ?? other }),
  sqlFunction('isNull', 1, { call: ([value]) => value === null }),
  sqlFunction('isUndefined', 1, { isLater: true, call: ([value]) => value === undefined }),
];
