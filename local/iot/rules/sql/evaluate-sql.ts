import type { RuleStatement, SqlExpression, SqlValue } from './sql-expression.ts';
import { findFunction, memberOf } from './sql-functions.ts';
import type { RuleContext } from './sql-functions.ts';
import { applyOperator, asBoolean, asNumber } from './sql-operators.ts';

function negate(operator: 'NOT' | '-', value: SqlValue): SqlValue {
  if (operator === 'NOT') {
    const known = asBoolean(value);
    return known === undefined ? undefined : !known;
  }
  const number = asNumber(value);
  return number === undefined ? undefined : -number;
}

/** What an expression yields for a message; `Undefined` instead of any error (DG:iot-sql-data-types). */
export function evaluateExpression(expression: SqlExpression, context: RuleContext): SqlValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'path':
      return expression.names.reduce<SqlValue>(memberOf, context.json);
    case 'array':
      return expression.items.map((item) => evaluateExpression(item, context));
    case 'call': {
      const args = expression.args.map((argument) => evaluateExpression(argument, context));
      return findFunction(expression.name)?.call(args, context);
    }
    case 'unary':
      return negate(expression.operator, evaluateExpression(expression.operand, context));
    case 'binary':
      return applyOperator(
        expression.operator,
        evaluateExpression(expression.left, context),
        evaluateExpression(expression.right, context),
      );
  }
}

type Outgoing = Readonly<Record<string, SqlValue>>;

const isOutgoing = (value: SqlValue): value is Outgoing => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy of the payload under construction with one value put where `AS a.b` says. */
function put(target: Outgoing, path: readonly string[], value: SqlValue): Outgoing {
  const [name, ...rest] = path;
  if (name === undefined) return target;
  const inner = memberOf(target, name);
  return { ...target, [name]: rest.length === 0 ? value : put(isOutgoing(inner) ? inner : {}, rest, value) };
}

/** Whether the rule's actions are to be carried out for a message. */
export const isSelected = (statement: RuleStatement, context: RuleContext): boolean =>
  statement.where === undefined || evaluateExpression(statement.where, context) === true;

/**
 * The outgoing payload. A payload that is no JSON object passes through `SELECT *` untouched; an empty one can have fields added
 * (DG:binary-payloads).
 */
export function project(statement: RuleStatement, context: RuleContext): Buffer {
  const selectsAll = statement.select.some(({ kind }) => kind === 'all');
  const isExtended = statement.select.length > 1 && context.rawPayload.length === 0;
  if (selectsAll && context.json === undefined && !isExtended) return context.rawPayload;
  let outgoing: Outgoing = {};
  for (const item of statement.select) {
    if (item.kind === 'all') outgoing = { ...outgoing, ...context.json };
    else outgoing = put(outgoing, item.path, evaluateExpression(item.expression, context));
  }
  return Buffer.from(JSON.stringify(outgoing));
}
