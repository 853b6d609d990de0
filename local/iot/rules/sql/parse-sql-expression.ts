import { parseCall } from './parse-call.ts';
import { parseCase } from './parse-case.ts';
import { requireLater } from './sql-dialect.ts';
import type { BinaryOperator, SqlExpression } from './sql-expression.ts';
import { sqlParseError } from './sql-tokens.ts';
import type { TokenReader } from './token-reader.ts';

/** From the loosest to the tightest; NOT stands between AND and the comparisons. */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['OR'],
  ['AND'],
  ['IN', '=', '<>', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

const comparisonLevel = 2;

// No honest rule is deeper; the bound keeps hostile text from exhausting the stack.
const maxDepth = 50;

function checkDepth(reader: TokenReader, depth: number): void {
  if (depth > maxDepth) throw sqlParseError('the expression is nested too deeply', reader.at);
}

const keywords: ReadonlySet<string> = new Set([
  ...['SELECT', 'FROM', 'WHERE', 'AS', 'AND', 'OR', 'NOT', 'IN', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END'],
]);

/** What AWS IoT SQL has and the local AWS has not. */
const unsupported: ReadonlyMap<string, string> = new Map([
  ['EXISTS', 'EXISTS'],
  ['SET', 'SET'],
  ['@', 'a variable'],
  ['SELECT', 'a nested query'],
]);

/** Refuses by its name what AWS would take. */
export function refuseUnsupported(reader: TokenReader, words: readonly string[]): void {
  const word = words.find((one) => reader.isNext(one));
  const what = word === undefined ? undefined : unsupported.get(word);
  if (what !== undefined) throw sqlParseError(`${what} is not supported by the local AWS`, reader.at);
}

const constants: ReadonlyMap<string, SqlExpression> = new Map([
  ['TRUE', { kind: 'literal', value: true }],
  ['FALSE', { kind: 'literal', value: false }],
  ['NULL', { kind: 'literal', value: null }],
  ['UNDEFINED', { kind: 'literal', value: undefined }],
]);

function parseArray(reader: TokenReader, depth: number): SqlExpression {
  const items: SqlExpression[] = [];
  if (reader.skip(']')) return { kind: 'array', items };
  do items.push(parseSqlExpression(reader, depth));
  while (reader.skip(','));
  reader.expect(']');
  return { kind: 'array', items };
}

function parseMember(reader: TokenReader, depth: number): readonly [string, SqlExpression] {
  const key = reader.peek();
  if (key?.kind !== 'string') throw sqlParseError('expected the name of a member in quotation marks', reader.at);
  reader.take();
  reader.expect(':');
  return [key.value, parseSqlExpression(reader, depth)];
}

function parseObject(reader: TokenReader, depth: number): SqlExpression {
  const members: (readonly [string, SqlExpression])[] = [];
  if (reader.skip('}')) return { kind: 'object', members };
  do members.push(parseMember(reader, depth));
  while (reader.skip(','));
  reader.expect('}');
  return { kind: 'object', members };
}

function parseWord(reader: TokenReader, word: string, depth: number): SqlExpression {
  const upper = word.toUpperCase();
  refuseUnsupported(reader, ['EXISTS', 'SET']);
  if (upper === 'CASE') return parseCase(reader, () => parseSqlExpression(reader, depth));
  if (keywords.has(upper)) throw sqlParseError(`unexpected ${upper}`, reader.at);
  if (reader.isNext('(', 1)) return parseCall(reader, word, () => parseSqlExpression(reader, depth));
  const constant = constants.get(upper);
  if (constant === undefined) return { kind: 'field', name: reader.takeName() };
  reader.take();
  return constant;
}

function parseBracketed(reader: TokenReader, depth: number): SqlExpression {
  const { at } = reader;
  if (reader.isNext('[') || reader.isNext('{')) requireLater(reader.dialect, 'a literal array or object', at);
  if (reader.skip('[')) return parseArray(reader, depth);
  if (reader.skip('{')) return parseObject(reader, depth);
  if (!reader.skip('(')) throw sqlParseError('expected an expression', at);
  refuseUnsupported(reader, ['SELECT']);
  const inner = parseSqlExpression(reader, depth);
  reader.expect(')');
  return inner;
}

function parsePrimary(reader: TokenReader, depth: number): SqlExpression {
  const token = reader.peek();
  refuseUnsupported(reader, ['@']);
  if (token?.kind === 'word') return parseWord(reader, token.text, depth);
  if (token?.kind !== 'string' && token?.kind !== 'number') return parseBracketed(reader, depth);
  reader.take();
  return { kind: 'literal', value: token.value };
}

function parseUnary(reader: TokenReader, depth: number): SqlExpression {
  checkDepth(reader, depth);
  if (reader.skip('-')) return { kind: 'unary', operator: '-', operand: parseUnary(reader, depth + 1) };
  let expression = parsePrimary(reader, depth);
  while (reader.skip('.')) expression = { kind: 'member', of: expression, name: reader.takeName() };
  return expression;
}

function parseLevel(reader: TokenReader, level: number, depth: number): SqlExpression {
  checkDepth(reader, depth);
  const operators = levels[level];
  if (operators === undefined) return parseUnary(reader, depth);
  if (level === comparisonLevel && reader.skip('NOT')) {
    return { kind: 'unary', operator: 'NOT', operand: parseLevel(reader, level, depth + 1) };
  }
  let left = parseLevel(reader, level + 1, depth);
  for (;;) {
    const operator = operators.find((candidate) => reader.isNext(candidate));
    if (operator === undefined) return left;
    reader.take();
    left = { kind: 'binary', operator, left, right: parseLevel(reader, level + 1, depth) };
  }
}

/** Reads one expression, inside so many others. @throws AwsError `SqlParseException` */
export const parseSqlExpression = (reader: TokenReader, depth = -1): SqlExpression => parseLevel(reader, 0, depth + 1);
