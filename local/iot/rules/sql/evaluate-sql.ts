import type { RuleContext } from '../rule-context.ts';
import { cast } from './cast.ts';
import { asBoolean, asNumber, memberOf } from './conversions.ts';
import type { SqlExpression, SqlValue } from './sql-expression.ts';
import { findFunction } from './sql-functions.ts';
import { applyOperator, areEqual } from './sql-operators.ts';

type Kind<Name extends SqlExpression['kind']> = Extract<SqlExpression, { readonly kind: Name }>;

function evaluateUnary({ operator, operand }: Kind<'unary'>, context: RuleContext): SqlValue {
  const value = evaluateExpression(operand, context);
  if (operator === 'NOT') {
    const known = asBoolean(value);
    return known === undefined ? undefined : !known;
  }
  const number = asNumber(value);
  return number === undefined ? undefined : 0 - number;
}

function evaluateCall({ name, args }: Kind<'call'>, context: RuleContext): SqlValue {
  const values = args.map((argument) => evaluateExpression(argument, context));
  if (name === 'sql_version') return values[0];
  const known = findFunction(name);
  const isTaken = known !== undefined && args.length >= known.minArguments && args.length <= known.maxArguments;
  return isTaken ? known.call(values, context) : undefined;
}

// "If v is Undefined, the result of the case statement is Undefined."
function evaluateCase({ subject, branches, otherwise }: Kind<'case'>, context: RuleContext): SqlValue {
  const value = evaluateExpression(subject, context);
  if (value === undefined) return undefined;
  const taken = branches.find(({ when }) => areEqual(value, evaluateExpression(when, context)) === true)?.result ?? otherwise;
  return taken === undefined ? undefined : evaluateExpression(taken, context);
}

const evaluateObject = ({ members }: Kind<'object'>, context: RuleContext): SqlValue =>
  Object.fromEntries(members.map(([name, member]) => [name, evaluateExpression(member, context)]));

/** What an expression yields for a message; `Undefined` instead of any error (DG:iot-sql-data-types). */
export function evaluateExpression(expression: SqlExpression, context: RuleContext): SqlValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'field':
      return memberOf(context.json, expression.name);
    case 'member':
      return memberOf(evaluateExpression(expression.of, context), expression.name);
    case 'array':
      return expression.items.map((item) => evaluateExpression(item, context));
    case 'object':
      return evaluateObject(expression, context);
    case 'call':
      return evaluateCall(expression, context);
    case 'payload-in-base64':
      return context.rawPayload.toString('base64');
    case 'cast':
      return cast(evaluateExpression(expression.operand, context), expression.type);
    case 'case':
      return evaluateCase(expression, context);
    case 'unary':
      return evaluateUnary(expression, context);
    case 'binary': {
      const right = evaluateExpression(expression.right, context);
      return applyOperator(expression.operator, evaluateExpression(expression.left, context), right);
    }
  }
}
