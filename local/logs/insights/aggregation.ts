import { numberIn, type Row, type Value } from './row.ts';
import type { TokenReader } from './token-reader.ts';

/** What `stats` makes of the rows of a group. */
export interface Aggregate {
  readonly name: string;
  readonly of: (rows: readonly Row[]) => Value | undefined;
}

type Fold = (values: readonly Value[]) => Value | undefined;

const extreme =
  (best: (...numbers: readonly number[]) => number): Fold =>
  (values) => {
    const numbers = values.map(numberIn).filter((number) => number !== undefined);
    return numbers.length === 0 ? undefined : numbers.reduce((one, other) => best(one, other));
  };

const folds: Readonly<Record<string, Fold>> = {
  count: (values) => values.length,
  count_distinct: (values) => new Set(values.map(String)).size,
  min: extreme(Math.min),
  max: extreme(Math.max),
};

const valuesOf = (rows: readonly Row[], field: string): readonly Value[] =>
  rows.map((row) => row(field)).filter((value) => value !== undefined);

const readAggregate = (reader: TokenReader): Aggregate => {
  const name = reader.field();
  const fold = folds[name];
  if (fold === undefined)
    throw new Error(`the function ${name} is not supported by the local AWS, which has ${Object.keys(folds).join(', ')}`);
  reader.expect('(');
  const field = readCounted(reader, name);
  return {
    name: reader.accept('as') ? reader.field() : `${name}(${field})`,
    of: (rows) => (field === '*' || field === '' ? rows.length : fold(valuesOf(rows, field))),
  };
};

// `count()` and `count(*)` count events, whatever they have.
const readCounted = (reader: TokenReader, name: string): string => {
  const isCount = name === 'count';
  if (isCount && reader.accept(')')) return '';
  const field = isCount && reader.accept('*') ? '*' : reader.field();
  reader.expect(')');
  return field;
};

/** What follows `stats`: what is counted, and by which fields. */
export interface Aggregation {
  readonly aggregates: readonly Aggregate[];
  readonly by: readonly string[];
}

export const readAggregation = (reader: TokenReader): Aggregation => {
  const aggregates = reader.list(() => readAggregate(reader));
  return { aggregates, by: reader.accept('by') ? reader.list(() => reader.field()) : [] };
};

/** A row for each group that there is. */
export const aggregate = (rows: readonly Row[], { aggregates, by }: Aggregation): readonly Row[] => {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(by.map((field) => row(field) ?? null)));
  return [...groups.values()].map((members) => {
    const [first] = members;
    const values = new Map(aggregates.map(({ name, of }) => [name, of(members)]));
    return (field) => (values.has(field) ? values.get(field) : by.includes(field) ? first?.(field) : undefined);
  });
};
