import type { RuleContext, SqlVersion } from '../rule-context.ts';
import { isArray, isObject, memberOf } from './conversions.ts';
import { evaluateExpression } from './evaluate-sql.ts';
import { isLaterDialect } from './sql-dialect.ts';
import type { RuleStatement, SelectItem, Selection, SqlValue } from './sql-expression.ts';

type Outgoing = Readonly<Record<string, SqlValue>>;

/** A copy of the payload under construction with one value put where `AS a.b` says. */
function put(target: Outgoing, path: readonly string[], value: SqlValue): Outgoing {
  const [name, ...rest] = path;
  if (name === undefined) return target;
  const inner = memberOf(target, name);
  return { ...target, [name]: rest.length === 0 ? value : put(isObject(inner) ? inner : {}, rest, value) };
}

// A member of that name without a value takes its place, too: it then is left out of the JSON.
const hasPath = (target: SqlValue, [name, ...rest]: readonly string[]): boolean =>
  name === undefined || (isObject(target) && Object.hasOwn(target, name) && hasPath(memberOf(target, name), rest));

/** Whether the rule's actions are to be carried out for a message. */
export const isSelected = (statement: RuleStatement, context: RuleContext): boolean =>
  statement.where === undefined || evaluateExpression(statement.where, context) === true;

// Undefined "is converted to an empty string when serialized by itself" (DG:iot-sql-data-types).
const write = (value: SqlValue): Buffer => Buffer.from(value === undefined ? '' : JSON.stringify(value));

const selectAll = (context: RuleContext): Buffer =>
  context.json === undefined || context.behaviour['rules.select-all-keeps-white-space'] ? context.rawPayload : write(context.json);

function projectValue({ expression }: Extract<Selection, { readonly kind: 'value' }>, context: RuleContext, version: SqlVersion): Buffer {
  if (expression === 'all') return selectAll(context);
  const value = evaluateExpression(expression, context);
  const isRefused =
    isArray(value) &&
    !isLaterDialect({ version, behaviour: context.behaviour }) &&
    context.behaviour['rules.array-of-2015-10-08'] === 'empty';
  return write(isRefused ? undefined : value);
}

const addItem = (outgoing: Outgoing, item: SelectItem, context: RuleContext): Outgoing => {
  if (item.kind === 'all') return { ...outgoing, ...context.json };
  const isTaken = context.behaviour['rules.same-name-twice'] === 'first' && hasPath(outgoing, item.path);
  return isTaken ? outgoing : put(outgoing, item.path, evaluateExpression(item.expression, context));
};

/**
 * The outgoing payload. A payload that is no JSON object passes through `SELECT *` untouched; an empty one can have members
 * added (DG:binary-payloads).
 */
export function project({ select }: RuleStatement, context: RuleContext, version: SqlVersion): Buffer {
  if (select.kind === 'value') return projectValue(select, context, version);
  const { items } = select;
  const hasAll = items.some(({ kind }) => kind === 'all');
  if (hasAll && items.length === 1) return selectAll(context);
  const isOther = context.json === undefined && context.rawPayload.length > 0;
  if (hasAll && isOther && context.behaviour['rules.additions-to-other-payloads'] === 'ignored') return context.rawPayload;
  return write(items.reduce<Outgoing>((outgoing, item) => addItem(outgoing, item, context), {}));
}
