import { AwsError } from '../../../aws-error.ts';

export type SqlToken =
  /** `text` as written. */
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'string'; readonly value: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'symbol'; readonly text: string; readonly at: number };

/** A refusal of a rule's SQL; `at` counts characters from 0. */
export const sqlParseError = (what: string, at: number): AwsError =>
  new AwsError('SqlParseException', `The rule's SQL is not valid at character ${at + 1}: ${what}.`);

// One alternative per kind of token; the quotation mark is doubled to stand for itself (assumed).
const tokenPattern =
  /(?<space>\s+)|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<number>\d+(?:\.\d+)?)|(?<single>'(?:[^']|'')*')|(?<double>"(?:[^"]|"")*")|(?<symbol><>|<=|>=|[=<>+\-*/%(),.[\]])/y;

function readToken(groups: Readonly<Record<string, string | undefined>>, at: number): SqlToken | undefined {
  const { word, number, single, double, symbol } = groups;
  if (word !== undefined) return { kind: 'word', text: word, at };
  if (number !== undefined) return { kind: 'number', value: Number(number), at };
  if (single !== undefined) return { kind: 'string', value: single.slice(1, -1).replaceAll("''", "'"), at };
  if (double !== undefined) return { kind: 'string', value: double.slice(1, -1).replaceAll('""', '"'), at };
  return symbol === undefined ? undefined : { kind: 'symbol', text: symbol, at };
}

/** Splits SQL into tokens. @throws AwsError `SqlParseException` */
export function tokenize(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let at = 0; at < sql.length; ) {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(sql);
    if (match === null) throw sqlParseError(`"${sql.slice(at, at + 10)}" is not understood`, at);
    const token = readToken(match.groups ?? {}, at);
    if (token !== undefined) tokens.push(token);
    at += match[0].length;
  }
  return tokens;
}
