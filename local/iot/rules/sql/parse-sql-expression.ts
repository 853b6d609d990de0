import { findFunction, functionNames } from './sql-functions.ts';
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

const keywords: ReadonlySet<string> = new Set(['SELECT', 'FROM', 'WHERE', 'AS', 'AND', 'OR', 'NOT', 'IN']);

const unsupported: ReadonlySet<string> = new Set(['CASE', 'EXISTS', 'SET']);

const constants: ReadonlyMap<string, SqlExpression> = new Map([
  ['TRUE', { kind: 'literal', value: true }],
  ['FALSE', { kind: 'literal', value: false }],
  ['NULL', { kind: 'literal', value: null }],
  ['UNDEFINED', { kind: 'literal', value: undefined }],
]);

function parseList(reader: TokenReader, close: string, depth: number): readonly SqlExpression[] {
  const items: SqlExpression[] = [];
  if (reader.skip(close)) return items;
  do {
    items.push(parseLevel(reader, 0, depth + 1));
  } while (reader.skip(','));
  reader.expect(close);
  return items;
}

/** `a.b.c`, each part an identifier. */
export function parsePath(reader: TokenReader): readonly string[] {
  const names: string[] = [];
  do {
    const token = reader.peek();
    if (token?.kind !== 'word') throw sqlParseError('expected a name', reader.at);
    reader.take();
    names.push(token.text);
  } while (reader.skip('.'));
  return names;
}

function parseCall(reader: TokenReader, name: string, depth: number): SqlExpression {
  const at = reader.at;
  const known = findFunction(name);
  if (known === undefined) throw sqlParseError(`"${name}" is not one of the functions that are supported: ${functionNames.join(', ')}`, at);
  reader.take();
  reader.expect('(');
  const args = parseList(reader, ')', depth);
  if (args.length < known.minArguments || args.length > known.maxArguments) {
    throw sqlParseError(`${known.name} does not take ${args.length} arguments`, at);
  }
  return { kind: 'call', name: known.name, args };
}

function parseWord(reader: TokenReader, word: string, depth: number): SqlExpression {
  const upper = word.toUpperCase();
  if (unsupported.has(upper)) throw sqlParseError(`${upper} is not supported by the local AWS`, reader.at);
  if (keywords.has(upper)) throw sqlParseError(`unexpected ${upper}`, reader.at);
  if (reader.isNext('(', 1)) return parseCall(reader, word, depth);
  const constant = constants.get(upper);
  if (constant === undefined) return { kind: 'path', names: parsePath(reader) };
  reader.take();
  return constant;
}

function parsePrimary(reader: TokenReader, depth: number): SqlExpression {
  const token = reader.peek();
  if (token?.kind === 'word') return parseWord(reader, token.text, depth);
  if (token?.kind === 'string' || token?.kind === 'number') {
    reader.take();
    return { kind: 'literal', value: token.value };
  }
  if (reader.skip('[')) return { kind: 'array', items: parseList(reader, ']', depth) };
  if (!reader.skip('(')) throw sqlParseError('expected an expression', reader.at);
  const inner = parseLevel(reader, 0, depth + 1);
  reader.expect(')');
  return inner;
}

function parseUnary(reader: TokenReader, depth: number): SqlExpression {
  checkDepth(reader, depth);
  if (!reader.skip('-')) return parsePrimary(reader, depth);
  return { kind: 'unary', operator: '-', operand: parseUnary(reader, depth + 1) };
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

/** Reads one expression. @throws AwsError `SqlParseException` */
export const parseSqlExpression = (reader: TokenReader): SqlExpression => parseLevel(reader, 0, 0);
