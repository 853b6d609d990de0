import { isTopicFilter } from '../../broker/topic-name.ts';
import { parseSqlExpression, refuseUnsupported } from './parse-sql-expression.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { RuleStatement, SelectItem, Selection, SqlExpression } from './sql-expression.ts';
import { sqlParseError } from './sql-tokens.ts';
import { TokenReader } from './token-reader.ts';

/** Without AS, a field keeps its own name (DG:iot-sql-select). Undefined for what has none. */
function defaultPath(expression: SqlExpression, { behaviour }: SqlDialect): readonly string[] | undefined {
  if (expression.kind === 'field' || expression.kind === 'member') return [expression.name];
  if (behaviour['rules.call-without-alias'] === 'refused') return undefined;
  if (expression.kind === 'call') return [expression.name];
  if (expression.kind === 'cast') return ['cast'];
  return expression.kind === 'payload-in-base64' ? ['encode'] : undefined;
}

function parseAlias(reader: TokenReader): readonly string[] {
  const names: string[] = [];
  do names.push(reader.takeName());
  while (reader.skip('.'));
  return names;
}

function parseItem(reader: TokenReader): readonly SelectItem[] {
  if (reader.skip('*')) return [{ kind: 'all' }];
  const { at, dialect } = reader;
  const expression = parseSqlExpression(reader);
  const path = reader.skip('AS') ? parseAlias(reader) : defaultPath(expression, dialect);
  if (path !== undefined) return [{ kind: 'item', expression, path }];
  if (dialect.behaviour['rules.expression-without-alias'] === 'omitted') return [];
  throw sqlParseError('this expression needs a name: add AS and one', at);
}

/** VALUE is a keyword only before something that it can be the keyword of; else it is a field of that name. */
function isValueKeyword(reader: TokenReader): boolean {
  const next = reader.peek(1);
  if (!reader.isNext('VALUE') || next === undefined) return false;
  if (next.kind === 'string' || next.kind === 'number') return true;
  if (next.kind === 'word') return !['FROM', 'WHERE', 'AS', 'AND', 'OR', 'IN'].includes(next.text.toUpperCase());
  if (next.text === '*') return reader.peek(2) === undefined || reader.isNext('FROM', 2) || reader.isNext('WHERE', 2);
  return ['(', '[', '{', '@'].includes(next.text);
}

function parseSelection(reader: TokenReader): Selection {
  if (isValueKeyword(reader)) {
    reader.take();
    return { kind: 'value', expression: reader.skip('*') ? 'all' : parseSqlExpression(reader) };
  }
  const items: SelectItem[] = [];
  do items.push(...parseItem(reader));
  while (reader.skip(','));
  return { kind: 'object', items };
}

function parseTopicFilter(reader: TokenReader): string {
  const { at, dialect } = reader;
  const token = reader.take();
  const isQuoted = token?.kind === 'string' && (token.mark === "'" || dialect.behaviour['rules.topic-in-double-quotes']);
  if (!isQuoted) throw sqlParseError('expected a topic filter in quotation marks', at);
  if (!isTopicFilter(token.value)) throw sqlParseError(`"${token.value}" is not a topic filter`, at);
  return token.value;
}

/**
 * Reads a topic rule's statement: `SELECT … [FROM '<topic filter>'] [WHERE …]` (DG:iot-sql-reference). Not SET, EXISTS and
 * nested queries: they are refused by their names.
 * @throws AwsError `SqlParseException`
 */
export function parseRuleSql(text: string, dialect: SqlDialect): RuleStatement {
  const reader = new TokenReader(text, dialect);
  refuseUnsupported(reader, ['SET']);
  reader.expect('SELECT');
  const select = parseSelection(reader);
  // Optional for rules that are only reached by Basic Ingest (DG:iot-basic-ingest).
  const topicFilter = reader.skip('FROM') ? parseTopicFilter(reader) : undefined;
  const where = reader.skip('WHERE') ? parseSqlExpression(reader) : undefined;
  reader.expectEnd();
  return { select, topicFilter, where };
}

/** Reads the expression inside a substitution template's `${…}`. @throws AwsError `SqlParseException` */
export function parseTemplateExpression(text: string, dialect: SqlDialect): SqlExpression {
  const reader = new TokenReader(text, dialect);
  const expression = parseSqlExpression(reader);
  reader.expectEnd();
  return expression;
}
