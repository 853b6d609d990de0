import { aggregate } from './aggregation.ts';
import { eventRow, type StoredEvent } from './event-row.ts';
import type { QueryCommand } from './parse-query.ts';
import { compareValues, type Row } from './row.ts';

interface Selection {
  readonly rows: readonly Row[];
  readonly shown: readonly string[];
  /** Whether rows are groups of events. */
  readonly isCounted: boolean;
  /** How many events the filters found. */
  readonly matched: number;
}

/** One row of a result, as the API has it. */
export type ResultRow = readonly { readonly field: string; readonly value: string }[];

export interface QueryResult {
  readonly rows: readonly ResultRow[];
  readonly matched: number;
}

const renamed =
  (row: Row, names: ReadonlyMap<string, string>): Row =>
  (field) =>
    row(names.get(field) ?? field);

const apply = (selection: Selection, command: QueryCommand): Selection => {
  const { rows, shown } = selection;
  switch (command.kind) {
    case 'fields':
    case 'display': {
      const names = new Map(command.chosen.map(({ field, name }) => [name, field]));
      const before = command.kind === 'fields' ? shown : [];
      return { ...selection, rows: rows.map((row) => renamed(row, names)), shown: [...before, ...names.keys()] };
    }
    case 'filter': {
      const found = rows.filter(command.condition);
      return { ...selection, rows: found, matched: selection.isCounted ? selection.matched : found.length };
    }
    case 'stats': {
      const { aggregates, by } = command.aggregation;
      const names = [...by, ...aggregates.map(({ name }) => name)];
      return { ...selection, rows: aggregate(rows, command.aggregation), shown: names, isCounted: true };
    }
    case 'sort':
      return { ...selection, rows: rows.toSorted(orderOf(command.keys)) };
    case 'limit':
      return { ...selection, rows: rows.slice(0, command.count) };
  }
};

const orderOf =
  (keys: Extract<QueryCommand, { kind: 'sort' }>['keys']) =>
  (one: Row, other: Row): number => {
    for (const { field, isDescending } of keys) {
      const order = compareValues(one(field), other(field));
      if (order !== 0) return isDescending ? -order : order;
    }
    return 0;
  };

const resultRow = (row: Row, fields: readonly string[]): ResultRow =>
  fields.flatMap((field) => {
    const value = row(field);
    return value === undefined ? [] : [{ field, value: String(value) }];
  });

/** What comes of a query over events; the newest first, where nothing else is said. */
export const runQuery = (events: readonly StoredEvent[], commands: readonly QueryCommand[], limit: number): QueryResult => {
  const newestFirst = events.toSorted((one, other) => other.event.timestampMs - one.event.timestampMs).map(eventRow);
  const all = { rows: newestFirst, shown: [], isCounted: false, matched: events.length };
  const { rows, shown, isCounted, matched } = commands.reduce(apply, all);
  const fields = isCounted ? shown : [...(shown.length === 0 ? ['@timestamp', '@message'] : shown), '@ptr'];
  return { rows: rows.slice(0, limit).map((row) => resultRow(row, fields)), matched };
};
