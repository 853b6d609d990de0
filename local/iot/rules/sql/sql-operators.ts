import { isDeepStrictEqual } from 'node:util';
import type { BinaryOperator, SqlValue } from './sql-expression.ts';
import { asString } from './sql-functions.ts';

type Operation = (left: SqlValue, right: SqlValue) => SqlValue;

/** A boolean, or a string that says one in any case; anything else is Undefined (DG:iot-sql-operators). */
export function asBoolean(value: SqlValue): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text === 'true') return true;
  return text === 'false' ? false : undefined;
}

/** A number, or a string that converts to one. */
export function asNumber(value: SqlValue): number | undefined {
  if (typeof value === 'number') return value;
  const isDecimal = typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value);
  return isDecimal ? Number(value) : undefined;
}

const logical =
  (apply: (left: boolean, right: boolean) => boolean): Operation =>
  (left, right) => {
    const [one, two] = [asBoolean(left), asBoolean(right)];
    return one === undefined || two === undefined ? undefined : apply(one, two);
  };

const numeric =
  (apply: (left: number, right: number) => SqlValue): Operation =>
  (left, right) => {
    const [one, two] = [asNumber(left), asNumber(right)];
    return one === undefined || two === undefined ? undefined : apply(one, two);
  };

const areEqual: Operation = (left, right) => (left === undefined || right === undefined ? undefined : isDeepStrictEqual(left, right));

const isIn: Operation = (left, right) => {
  if (left === undefined || !Array.isArray(right)) return undefined;
  return right.some((item) => isDeepStrictEqual(item, left));
};

const add: Operation = (left, right) => {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  const [one, two] = [asString(left), asString(right)];
  const isText = typeof left === 'string' || typeof right === 'string';
  return isText && one !== undefined && two !== undefined ? one + two : undefined;
};

const finite = (value: number): SqlValue => (Number.isFinite(value) ? value : undefined);

// Two integers give an integer (DG:iot-sql-operators); strings count as decimals.
const divide: Operation = (left, right) => {
  const areIntegers = Number.isInteger(left) && Number.isInteger(right);
  return numeric((one, two) => finite(areIntegers ? Math.trunc(one / two) : one / two))(left, right);
};

const operations: Readonly<Record<BinaryOperator, Operation>> = {
  OR: logical((left, right) => left || right),
  AND: logical((left, right) => left && right),
  IN: isIn,
  '=': areEqual,
  '<>': (left, right) => {
    const equal = areEqual(left, right);
    return typeof equal === 'boolean' ? !equal : undefined;
  },
  '<': numeric((left, right) => left < right),
  '<=': numeric((left, right) => left <= right),
  '>': numeric((left, right) => left > right),
  '>=': numeric((left, right) => left >= right),
  '+': add,
  '-': numeric((left, right) => left - right),
  '*': numeric((left, right) => left * right),
  '/': divide,
  '%': numeric((left, right) => finite(left % right)),
};

export const applyOperator = (operator: BinaryOperator, left: SqlValue, right: SqlValue): SqlValue => operations[operator](left, right);
