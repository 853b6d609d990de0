import type { RuleContext } from '../../rule-context.ts';
import { asInt, asNumber, finite } from '../conversions.ts';
import { remainder } from '../sql-operators.ts';
import type { SqlValue } from '../sql-expression.ts';
import { sqlFunction, type SqlFunction } from '../sql-function.ts';

/** Strings are converted; what is no number, or has no real result, is Undefined. */
const ofNumber =
  (apply: (value: number) => number) =>
  ([value]: readonly SqlValue[]): SqlValue => {
    const number = asNumber(value);
    return number === undefined ? undefined : finite(apply(number) + 0); // + 0: there is no negative zero
  };

const ofNumbers =
  (apply: (first: number, second: number) => number) =>
  ([first, second]: readonly SqlValue[]): SqlValue => {
    const [one, two] = [asNumber(first), asNumber(second)];
    return one === undefined || two === undefined ? undefined : finite(apply(one, two));
  };

// Halves go away from zero: Round(-1.5) is -2.
const round = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));

/** Cut off as text, since 2.3 has no exact binary form. */
function truncate([value, places]: readonly SqlValue[], { behaviour }: RuleContext): SqlValue {
  const [number, count] = [asNumber(value), typeof places === 'number' ? asInt(places, behaviour) : undefined];
  if (number === undefined || count === undefined) return undefined;
  const [whole = '', fraction = ''] = String(number).split('.');
  if (/e/i.test(whole + fraction)) return Math.abs(number) < 1 ? 0 : number;
  return Number(`${whole}.${fraction.slice(0, Math.max(count, 0))}0`) + 0;
}

function nanvl([first, second]: readonly SqlValue[]): SqlValue {
  return first ?? second;
}

const modulo = ([left, right]: readonly SqlValue[]): SqlValue => remainder(left, right);

/** Functions of numbers (DG:iot-sql-functions). */
export const numberFunctions: readonly SqlFunction[] = [
  sqlFunction('abs', 1, { call: ofNumber(Math.abs) }),
  sqlFunction('ceil', 1, { call: ofNumber(Math.ceil) }),
  sqlFunction('floor', 1, { call: ofNumber(Math.floor) }),
  sqlFunction('round', 1, { call: ofNumber(round) }),
  sqlFunction('sign', 1, { call: ofNumber(Math.sign) }),
  sqlFunction('sqrt', 1, { call: ofNumber(Math.sqrt) }),
  sqlFunction('power', 2, { call: ofNumbers((base, exponent) => base ** exponent) }),
  sqlFunction('mod', 2, { call: modulo }),
  sqlFunction('remainder', 2, { call: modulo }),
  sqlFunction('trunc', 2, { call: truncate }),
  sqlFunction('nanvl', 2, { call: nanvl }),
];
