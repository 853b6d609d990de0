import type { RuleBehaviour } from '../rule-context.ts';
import type { SqlValue } from './sql-expression.ts';

/** A number as text: an Int in standard notation, a Decimal "possibly in scientific notation" (DG:iot-sql-data-types). */
const numberText = (value: number): string =>
  Number.isInteger(value) ? BigInt(value).toString() : String(value).replace('e', 'E').replace('E+', 'E');

/** Standard conversion to String (DG:iot-sql-data-types): Null and Undefined have none. */
export function asString(value: SqlValue): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return numberText(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const decimalPattern = /^-?\d+(\.\d+)?([eE]-?\d+)?$/;

/** A number, or a string that converts to one. */
export function asNumber(value: SqlValue): number | undefined {
  if (typeof value === 'number') return value;
  const number = typeof value === 'string' && decimalPattern.test(value) ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

export function asInt(value: SqlValue, behaviour: RuleBehaviour): number | undefined {
  const number = asNumber(value);
  if (number === undefined) return undefined;
  return behaviour['rules.decimal-to-int'] === 'down' ? Math.floor(number) : Math.round(number);
}

/** A boolean, or a string that says one in any case. */
export function asBoolean(value: SqlValue): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text === 'true') return true;
  return text === 'false' ? false : undefined;
}

/** What is no number, or too great for one, is Undefined. */
export const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

export const isArray = (value: SqlValue): value is readonly SqlValue[] => Array.isArray(value);

export const isObject = (value: SqlValue): value is Readonly<Record<string, SqlValue>> =>
  typeof value === 'object' && value !== null && !isArray(value);

/** A member of an object, its own only. */
export const memberOf = (value: SqlValue, name: string): SqlValue =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

// AWS documents 128 KiB for what a rule hands on; beyond this nothing can fit, however it is encoded.
const maxCharacters = 1024 * 1024;

/** Whether a text or an array is small enough to go on with: statements can make one a thousand times its size again and again. */
export const fits = (size: number): boolean => size <= maxCharacters;
