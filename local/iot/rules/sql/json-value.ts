import type { SqlValue } from './sql-expression.ts';

const isJson = (value: unknown): value is SqlValue => value !== undefined; // every JSON value is a value of SQL

/** The value of a JSON document; undefined for a text that is none. */
export function readJsonValue(text: string): SqlValue {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
