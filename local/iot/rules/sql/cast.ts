import { asBoolean, asNumber, asString } from './conversions.ts';
import type { CastType, SqlValue } from './sql-expression.ts';

// Standard conversions, with numbers to and from booleans besides; what has no number has none here, either.
const toNumber = (value: SqlValue): number | undefined => (typeof value === 'boolean' ? Number(value) : asNumber(value));

/** `cast(value as type)` (DG:iot-sql-functions). Decimals are rounded down to Int. */
export function cast(value: SqlValue, type: CastType): SqlValue {
  if (type === 'string') return asString(value);
  if (type === 'boolean') return typeof value === 'number' ? value !== 0 : asBoolean(value);
  const number = toNumber(value);
  return number === undefined || type === 'decimal' ? number : Math.floor(number);
}
