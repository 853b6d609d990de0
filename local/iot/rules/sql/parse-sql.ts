import { isTopicFilter } from '../../broker/topic-name.ts';
import { parsePath, parseSqlExpression } from './parse-sql-expression.ts';
import type { RuleStatement, SelectItem, SqlExpression } from './sql-expression.ts';
import { sqlParseError, tokenize } from './sql-tokens.ts';
import { TokenReader } from './token-reader.ts';

/** Without AS, a field keeps its own name and a function gives its name (DG:iot-sql-select). */
function defaultPath(expression: SqlExpression, at: number): readonly string[] {
  if (expression.kind === 'path') return expression.names.slice(-1);
  if (expression.kind === 'call') return [expression.name];
  throw sqlParseError('this expression needs a name: add AS and one', at);
}

function parseItem(reader: TokenReader): SelectItem {
  if (reader.skip('*')) return { kind: 'all' };
  if (reader.isNext('VALUE') && !reader.isNext(',', 1) && !reader.isNext('FROM', 1) && !reader.isNext('.', 1) && !reader.isNext('AS', 1)) {
    throw sqlParseError('SELECT VALUE is not supported by the local AWS', reader.at);
  }
  const at = reader.at;
  const expression = parseSqlExpression(reader);
  const path = reader.skip('AS') ? parsePath(reader) : defaultPath(expression, at);
  return { kind: 'field', expression, path };
}

function parseItems(reader: TokenReader): readonly SelectItem[] {
  const items: SelectItem[] = [];
  do {
    items.push(parseItem(reader));
  } while (reader.skip(','));
  return items;
}

function parseTopicFilter(reader: TokenReader): string {
  const { at } = reader;
  const token = reader.take();
  if (token?.kind !== 'string') throw sqlParseError('expected a topic filter in quotation marks', at);
  if (!isTopicFilter(token.value)) throw sqlParseError(`"${token.value}" is not a topic filter`, at);
  return token.value;
}

/**
 * Reads a topic rule's statement: `SELECT … FROM '<topic filter>' [WHERE …]` (DG:iot-sql-reference). Supported are `*`,
 * fields, aliases, operators, arrays and the functions of `sql-functions.ts`; not SET, CASE, EXISTS, VALUE and nested queries.
 * @throws AwsError `SqlParseException`
 */
export function parseRuleSql(text: string): RuleStatement {
  const reader = new TokenReader(tokenize(text), text.length);
  reader.expect('SELECT');
  const select = parseItems(reader);
  reader.expect('FROM');
  const topicFilter = parseTopicFilter(reader);
  const where = reader.skip('WHERE') ? parseSqlExpression(reader) : undefined;
  if (reader.peek() !== undefined) throw sqlParseError('expected the end of the statement', reader.at);
  return { select, topicFilter, where };
}

/** Reads the expression inside a substitution template's `${…}`. @throws AwsError `SqlParseException` */
export function parseTemplateExpression(text: string): SqlExpression {
  const reader = new TokenReader(tokenize(text), text.length);
  const expression = parseSqlExpression(reader);
  if (reader.peek() !== undefined) throw sqlParseError('expected the end of the expression', reader.at);
  return expression;
}
