import { isJsonObject } from '../json-object.ts';
import { findOperator } from './condition-operators.ts';
import type { ConditionOperator } from './condition-operators.ts';
import { readStrings } from './json-reader.ts';
import { MalformedPolicy } from './malformed-policy.ts';
import { readPattern } from './parse-selection.ts';
import type { Condition, Quantifier } from './policy-document.ts';
import type { Place } from './policy-grammar.ts';

interface OperatorUse {
  readonly operator: ConditionOperator;
  readonly quantifier: Quantifier | undefined;
  readonly isOptional: boolean;
}

const quantifiers: Readonly<Record<string, Quantifier | undefined>> = {
  'ForAllValues:': 'ForAllValues',
  'ForAnyValue:': 'ForAnyValue',
};

/** `ForAnyValue:StringLikeIfExists` and the like. */
function parseOperator(text: string, where: string): OperatorUse {
  const [, prefix = '', name = '', suffix] = /^(ForAllValues:|ForAnyValue:)?([A-Za-z]+?)(IfExists)?$/.exec(text) ?? [];
  const operator = findOperator(name);
  if (operator === undefined) throw new MalformedPolicy(where, `"${text}" is not a condition operator`);
  // IAM: "You can add IfExists to the end of any condition operator name except the Null condition".
  if (operator.name === 'Null' && suffix !== undefined) throw new MalformedPolicy(where, 'Null does not take IfExists');
  return { operator, quantifier: quantifiers[prefix], isOptional: suffix !== undefined };
}

/** Policies write booleans and numbers with or without quotation marks. */
function operandTexts(value: unknown, where: string): readonly string[] {
  const unquote = (item: unknown): unknown => (typeof item === 'boolean' || typeof item === 'number' ? String(item) : item);
  return readStrings(Array.isArray(value) ? value.map(unquote) : unquote(value), where);
}

function parseCondition(use: OperatorUse, [key, value]: readonly [string, unknown], place: Place): Condition {
  const { where, grammar } = place;
  if (!grammar.isConditionKey(key))
    throw new MalformedPolicy(where, `"${key}" is not a condition key that may be named here`, { kind: 'action' });
  const operands = operandTexts(value, where).map((text) => {
    if (!use.operator.isOperand(text)) throw new MalformedPolicy(where, `${use.operator.name} cannot compare with "${text}"`);
    return readPattern(text, place, { wildcards: use.operator.hasWildcards });
  });
  return { ...use, key, operands };
}

/** Reads a `Condition` block: operator → key → one value or several. */
export function parseConditions(block: unknown, { where, ...rest }: Place): readonly Condition[] {
  if (block === undefined) return [];
  if (!isJsonObject(block)) throw new MalformedPolicy(where, 'expected an object of condition operators');
  return Object.entries(block).flatMap(([name, keys]) => {
    const use = parseOperator(name, where);
    if (rest.grammar.isOperator?.(use.operator.name, use.isOptional) === false)
      throw new MalformedPolicy(where, `"${name}" is not a condition operator that may be used here`);
    if (!isJsonObject(keys)) throw new MalformedPolicy(`${where}.${name}`, 'expected an object of condition keys');
    return Object.entries(keys).map((entry) => parseCondition(use, entry, { where: `${where}.${name}.${entry[0]}`, ...rest }));
  });
}
