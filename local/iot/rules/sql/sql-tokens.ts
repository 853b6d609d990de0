import { AwsError } from '../../../aws-error.ts';

export type SqlToken =
  /** `text` as written. */
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'string'; readonly value: string; readonly mark: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'symbol'; readonly text: string; readonly at: number };

/** A refusal of a rule's SQL; `at` counts characters from 0. */
export const sqlParseError = (what: string, at: number): AwsError =>
  new AwsError('SqlParseException', `The rule's SQL is not valid at character ${at + 1}: ${what}.`);

// One alternative per kind of token.
const pattern = (single: string, double: string): RegExp =>
  new RegExp(
    String.raw`(?<space>\s+)|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<single>${single})|(?<double>${double})|(?<symbol><>|<=|>=|[=<>+\-*/%(),.[\]{}:@])`,
    'y',
  );

const patterns = {
  once: pattern("'[^']*'", '"[^"]*"'),
  doubled: pattern("'[^']*(?:''[^']*)*'", '"[^"]*(?:""[^"]*)*"'),
};

function readToken(groups: Readonly<Record<string, string | undefined>>, at: number): SqlToken | undefined {
  const { word, number, single, double, symbol } = groups;
  if (word !== undefined) return { kind: 'word', text: word, at };
  if (number !== undefined) return { kind: 'number', value: Number(number), at };
  if (single !== undefined) return { kind: 'string', value: single.slice(1, -1).replaceAll("''", "'"), mark: "'", at };
  if (double !== undefined) return { kind: 'string', value: double.slice(1, -1).replaceAll('""', '"'), mark: '"', at };
  return symbol === undefined ? undefined : { kind: 'symbol', text: symbol, at };
}

// No honest rule is longer; the bound keeps hostile text from exhausting the stack when it is evaluated.
const maxTokens = 4000;

/** Splits SQL into tokens. @throws AwsError `SqlParseException` */
export function tokenize(sql: string, isMarkDoubled: boolean): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  const reader = new RegExp(isMarkDoubled ? patterns.doubled : patterns.once);
  for (let at = 0; at < sql.length; ) {
    reader.lastIndex = at;
    const match = reader.exec(sql);
    if (match === null) throw sqlParseError(`"${sql.slice(at, at + 10)}" is not understood`, at);
    const token = readToken(match.groups ?? {}, at);
    if (token?.kind === 'number' && !Number.isFinite(token.value)) throw sqlParseError('the number is too great', at);
    if (token !== undefined) tokens.push(token);
    if (tokens.length > maxTokens) throw sqlParseError(`the local AWS reads no more than ${maxTokens} words and signs`, at);
    at += match[0].length;
  }
  return tokens;
}
