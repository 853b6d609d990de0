import type { Expression, ListExpression } from './expression.ts';
import type { TemplateDocument } from './template-document.ts';

/** What stops the evaluation of a template. */
export class EvaluationFailure extends Error {
  override readonly name = 'EvaluationFailure';
  /** The parameter without a value, when that is the cause. */
  readonly missingParameter: string | undefined;

  constructor(message: string, missingParameter?: string) {
    super(message);
    this.missingParameter = missingParameter;
  }
}

export interface EvaluationContext {
  readonly mappings: TemplateDocument['mappings'];
  /** The request's parameters, the hook's overrides, defaults and pseudo parameters. */
  readonly parameters: ReadonlyMap<string, string>;
}

function reference(name: string, context: EvaluationContext): string {
  const value = context.parameters.get(name);
  if (value === undefined) throw new EvaluationFailure(`The template refers to the parameter ${name}, which has no value`, name);
  return value;
}

function select(expression: Extract<Expression, { kind: 'select' }>, context: EvaluationContext): string {
  const index = evaluate(expression.index, context);
  const items = evaluateList(expression.items, context);
  const item = /^\d{1,5}$/.test(index) ? items[Number(index)] : undefined;
  if (item === undefined) throw new EvaluationFailure(`Fn::Select finds nothing at index ${index} of ${items.length} values`);
  return item;
}

function findInMap(expression: Extract<Expression, { kind: 'findInMap' }>, context: EvaluationContext): string {
  const keys = [expression.map, expression.first, expression.second].map((key) => evaluate(key, context));
  const [map = '', first = '', second = ''] = keys;
  const value = context.mappings.get(map)?.get(first)?.get(second);
  if (value === undefined) throw new EvaluationFailure(`Fn::FindInMap finds no ${keys.join(' → ')}`);
  return value;
}

// No value may be longer than what a message can carry (General Reference), so that functions within functions stay affordable.
const maxCharacters = 128 * 1024;

function concatenate(parts: readonly string[], delimiter: string): string {
  const length = parts.reduce((sum, part) => sum + part.length, delimiter.length * Math.max(0, parts.length - 1));
  if (length > maxCharacters) throw new EvaluationFailure(`A function yields ${length} characters; at most ${maxCharacters} are allowed`);
  return parts.join(delimiter);
}

function substitute({ parts, variables }: Extract<Expression, { kind: 'sub' }>, context: EvaluationContext): string {
  // Each once, however often the text names it.
  const own = new Map([...variables].map(([name, variable]) => [name, evaluate(variable, context)]));
  const texts = parts.map((part) => (part.kind === 'text' ? part.text : (own.get(part.name) ?? reference(part.name, context))));
  return concatenate(texts, '');
}

/** The string that an expression yields. @throws EvaluationFailure */
export function evaluate(expression: Expression, context: EvaluationContext): string {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'ref':
      return reference(expression.name, context);
    case 'join':
      return concatenate(evaluateList(expression.items, context), expression.delimiter);
    case 'select':
      return select(expression, context);
    case 'findInMap':
      return findInMap(expression, context);
    case 'sub':
      return substitute(expression, context);
  }
}

/** The strings that a list yields. @throws EvaluationFailure */
export function evaluateList(list: ListExpression, context: EvaluationContext): readonly string[] {
  if (list.kind === 'list') return list.items.map((item) => evaluate(item, context));
  return evaluate(list.source, context).split(list.delimiter);
}
