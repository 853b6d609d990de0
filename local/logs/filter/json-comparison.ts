import { wildcardTest } from '../../policy/match-pattern.ts';
import type { Token } from './json-tokens.ts';

export type ValueTest = (value: unknown) => boolean;

const step = (holder: unknown, name: string): unknown =>
  typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name) ? Reflect.get(holder, name) : undefined;

/** Reads what a selector such as `$.a.b[0]` names. */
export const selectorOf = (selector: string): ((message: unknown) => unknown) => {
  const path = [...selector.matchAll(/\.([\w-]+)|\[(\d+)\]|\["([^"]+)"\]|\['([^']+)'\]/g)].map(
    ([, member, index, double, single]) => member ?? index ?? double ?? single ?? '',
  );
  return (message) => path.reduce(step, message);
};

const scalarText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

const numeric: Readonly<Record<string, (got: number, wanted: number) => boolean>> = {
  '=': (got, wanted) => got === wanted,
  '!=': (got, wanted) => got !== wanted,
  '<': (got, wanted) => got < wanted,
  '<=': (got, wanted) => got <= wanted,
  '>': (got, wanted) => got > wanted,
  '>=': (got, wanted) => got >= wanted,
};

const numberTest = (operator: string, wanted: number): ValueTest => {
  const compare = numeric[operator];
  if (compare === undefined) throw new Error(`no operator ${operator}`);
  return (value) => typeof value === 'number' && compare(value, wanted);
};

/** Text compares for equality only; `*` stands for any run of characters. */
const textTest = (operator: string, wanted: string): ValueTest => {
  if (operator !== '=' && operator !== '!=') throw new Error(`${operator} compares numbers, not '${wanted}'`);
  const isWanted = wildcardTest(wanted);
  return (value) => {
    const text = scalarText(value);
    if (text === undefined) return false;
    return isWanted(text) === (operator === '=');
  };
};

/** What a comparison's right side asks of the value on its left. */
export const comparisonOf = (operator: string, operand: Token): ValueTest => {
  switch (operand.kind) {
    case 'number':
      return numberTest(operator, Number(operand.text));
    case 'string':
      return textTest(operator, JSON.parse(operand.text) as string);
    case 'word':
      return textTest(operator, operand.text);
    case 'selector':
    case 'operator':
    case 'punctuation':
      throw new Error(`'${operand.text}' is no value`);
  }
};

/** `IS NULL`, `IS TRUE`, `IS FALSE`, `NOT EXISTS`, `EXISTS`. */
export const statementOf = (words: string): ValueTest => {
  switch (words) {
    case 'IS NULL':
      return (value) => value === null;
    case 'IS TRUE':
      return (value) => value === true;
    case 'IS FALSE':
      return (value) => value === false;
    case 'NOT EXISTS':
      return (value) => value === undefined;
    default:
      throw new Error(`'${words}' is not understood`);
  }
};
