import { type Aggregation, readAggregation } from './aggregation.ts';
import { type Condition, readCondition } from './condition.ts';
import { type QueryToken, queryTokens } from './query-tokens.ts';
import { TokenReader } from './token-reader.ts';

interface ChosenField {
  readonly field: string;
  readonly name: string;
}

interface SortKey {
  readonly field: string;
  readonly isDescending: boolean;
}

/** A command of Logs Insights QL, as far as the local AWS has it. */
export type QueryCommand =
  | { readonly kind: 'fields' | 'display'; readonly chosen: readonly ChosenField[] }
  | { readonly kind: 'filter'; readonly condition: Condition }
  | { readonly kind: 'stats'; readonly aggregation: Aggregation }
  | { readonly kind: 'sort'; readonly keys: readonly SortKey[] }
  | { readonly kind: 'limit'; readonly count: number };

const MAX_LIMIT = 10_000;

const readChosen = (reader: TokenReader): ChosenField => {
  const field = reader.field();
  return { field, name: reader.accept('as') ? reader.field() : field };
};

const readSortKey = (reader: TokenReader): SortKey => {
  const field = reader.field();
  if (reader.accept('desc')) return { field, isDescending: true };
  reader.expect('asc');
  return { field, isDescending: false };
};

const readCount = (reader: TokenReader): number => {
  const { text } = reader.next();
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > MAX_LIMIT)
    throw new Error(`limit takes a number from 1 to ${MAX_LIMIT}, not '${text}'`);
  return count;
};

const commands: Readonly<Record<string, (reader: TokenReader) => QueryCommand>> = {
  fields: (reader) => ({ kind: 'fields', chosen: reader.list(() => readChosen(reader)) }),
  display: (reader) => ({ kind: 'display', chosen: reader.list(() => readChosen(reader)) }),
  filter: (reader) => ({ kind: 'filter', condition: readCondition(reader) }),
  stats: (reader) => ({ kind: 'stats', aggregation: readAggregation(reader) }),
  sort: (reader) => ({ kind: 'sort', keys: reader.list(() => readSortKey(reader)) }),
  limit: (reader) => ({ kind: 'limit', count: readCount(reader) }),
};

const readCommand = (tokens: readonly QueryToken[]): QueryCommand => {
  const reader = new TokenReader(tokens);
  const { text } = reader.next();
  const read = commands[text.toLowerCase()];
  if (read === undefined)
    throw new Error(`the command ${text} is not supported by the local AWS, which has ${Object.keys(commands).join(', ')}`);
  const command = read(reader);
  reader.end();
  return command;
};

/** Reads a query; throws an error that says what is not understood. */
export const parseQuery = (query: string): readonly QueryCommand[] => {
  const parts: QueryToken[][] = [[]];
  for (const token of queryTokens(query)) {
    if (token.kind === 'punctuation' && token.text === '|') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  const parsed = parts.map(readCommand);
  const counted = parsed.findIndex(({ kind }) => kind === 'stats');
  const later = counted < 0 ? undefined : parsed.slice(counted + 1).find(({ kind }) => kind === 'fields' || kind === 'stats');
  if (later !== undefined) throw new Error(`${later.kind} after stats is not supported by the local AWS`);
  return parsed;
};
