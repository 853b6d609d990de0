import { isDeepStrictEqual } from 'node:util';
import { asBoolean, asNumber, asString, finite, fits } from './conversions.ts';
import type { BinaryOperator, SqlValue } from './sql-expression.ts';

type Operation = (left: SqlValue, right: SqlValue) => SqlValue;

// DG:iot-sql-operators, for all of these.
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

/** `=`: Undefined beside Undefined is Undefined, too. */
export const areEqual = (left: SqlValue, right: SqlValue): boolean | undefined =>
  left === undefined || right === undefined ? undefined : left === right || isDeepStrictEqual(left, right);

const isIn: Operation = (left, right) => {
  if (left === undefined || !Array.isArray(right)) return undefined;
  return right.some((item) => isDeepStrictEqual(item, left));
};

const add: Operation = (left, right) => {
  if (typeof left === 'number' && typeof right === 'number') return finite(left + right);
  const [one, two] = [asString(left), asString(right)];
  const isText = typeof left === 'string' || typeof right === 'string';
  return isText && one !== undefined && two !== undefined && fits(one.length + two.length) ? one + two : undefined;
};

// Two integers give an integer; strings count as decimals.
const divide: Operation = (left, right) => {
  const areIntegers = Number.isInteger(left) && Number.isInteger(right);
  return numeric((one, two) => finite(areIntegers ? Math.trunc(one / two) : one / two))(left, right);
};

export const remainder = numeric((left, right) => finite(left % right));

const operations: Readonly<Record<BinaryOperator, Operation>> = {
  OR: logical((left, right) => left || right),
  AND: logical((left, right) => left && right),
  IN: isIn,
  '=': areEqual,
  '<>': (left, right) => {
    const equal = areEqual(left, right);
    return equal === undefined ? undefined : !equal;
  },
  '<': numeric((left, right) => left < right),
  '<=': numeric((left, right) => left <= right),
  '>': numeric((left, right) => left > right),
  '>=': numeric((left, right) => left >= right),
  '+': add,
  '-': numeric((left, right) => finite(left - right)),
  '*': numeric((left, right) => finite(left * right)),
  '/': divide,
  '%': remainder,
};

export const applyOperator = (operator: BinaryOperator, left: SqlValue, right: SqlValue): SqlValue => operations[operator](left, right);
