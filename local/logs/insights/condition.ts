import type { QueryToken } from './query-tokens.ts';
import { compareValues, numberIn, type Row, type Value } from './row.ts';
import type { TokenReader } from './token-reader.ts';

export type Condition = (row: Row) => boolean;

const literal = ({ kind, text }: QueryToken): Value => {
  if (kind === 'string') return text.replaceAll(/\\(.)/g, '$1');
  const number = kind === 'word' ? numberIn(text) : undefined;
  if (number === undefined) throw new Error(`'${text}' is no literal; fields cannot be compared with fields in the local AWS`);
  return number;
};

// A text is the same text or it is not; "007" is a number only to whoever asks for a number.
const isSame = (value: Value, wanted: Value): boolean =>
  typeof wanted === 'string' ? String(value) === wanted : numberIn(value) === wanted;

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

// What is compared with a field that is not there is neither true nor false, and no event is found by it.
const compared = (field: string, test: (value: Value) => boolean): Condition => {
  return (row) => {
    const value = row(field);
    return value !== undefined && test(value);
  };
};

const membership = (reader: TokenReader, field: string): Condition => {
  reader.expect('[');
  const wanted = reader.list(() => literal(reader.next()));
  reader.expect(']');
  return compared(field, (value) => wanted.some((one) => isSame(value, one)));
};

const likeness = (reader: TokenReader, field: string): Condition => {
  const { kind, text } = reader.next();
  if (kind === 'string') return compared(field, (value) => String(value).includes(text.replaceAll(/\\(.)/g, '$1')));
  if (kind !== 'pattern') throw new Error(`like takes a text or a regular expression, not '${text}'`);
  const expression = new RegExp(text.replace(/^\(\?i\)/, ''), text.startsWith('(?i)') ? 'i' : '');
  return compared(field, (value) => expression.test(String(value)));
};

const comparison = (reader: TokenReader): Condition => {
  const field = reader.field();
  if (reader.accept('in')) return membership(reader, field);
  if (reader.accept('like') || reader.accept('=~')) return likeness(reader, field);
  const operator = reader.next().text;
  if (operator === '=') {
    const wanted = literal(reader.next());
    return compared(field, (value) => isSame(value, wanted));
  }
  const test = comparisons[operator];
  if (test === undefined) throw new Error(`the operator '${operator}' is not supported by the local AWS`);
  const wanted = literal(reader.next());
  return compared(field, (value) => test(compareValues(value, wanted)));
};

const single = (reader: TokenReader): Condition => {
  if (reader.accept('not')) {
    const inner = single(reader);
    return (row) => !inner(row);
  }
  if (reader.accept('(')) {
    const inner = either(reader);
    reader.expect(')');
    return inner;
  }
  if (!reader.accept('ispresent')) return comparison(reader);
  reader.expect('(');
  const field = reader.field();
  reader.expect(')');
  return (row) => row(field) !== undefined;
};

const both = (reader: TokenReader): Condition => {
  const conditions = [single(reader)];
  while (reader.accept('and')) conditions.push(single(reader));
  return (row) => conditions.every((condition) => condition(row));
};

const either = (reader: TokenReader): Condition => {
  const conditions = [both(reader)];
  while (reader.accept('or')) conditions.push(both(reader));
  return (row) => conditions.some((condition) => condition(row));
};

/** Reads what follows `filter`: comparisons, `in`, `like`, `ispresent`, joined by `and`, `or` and `not`. */
export const readCondition = (reader: TokenReader): Condition => either(reader);
