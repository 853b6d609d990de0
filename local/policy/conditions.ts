import type { ContextLookup } from './match-pattern.ts';
import type { Condition } from './policy-document.ts';

/** One value of the request against all operands: a negated operator wants none to compare, any other wants one. */
function holdsFor(condition: Condition, actual: string, lookup: ContextLookup): boolean {
  const compares = condition.operands.some((operand) => condition.operator.compare(operand, actual, lookup));
  return compares !== condition.operator.isNegated;
}

/** IAM "Null": `true` wants the key absent, `false` wants it present. */
const holdsForAbsence = (condition: Condition, isAbsent: boolean): boolean =>
  condition.operands.some((operand) => operand.text === String(isAbsent));

/** A key that the request does not have: a negated operator holds, any other does not (IAM: condition operators). */
function holdsWithoutKey(condition: Condition): boolean {
  if (condition.quantifier === 'ForAllValues') return true;
  if (condition.isOptional) return true;
  return condition.quantifier === undefined && condition.operator.isNegated;
}

/** Whether one condition holds for the request's context. */
export function holds(condition: Condition, lookup: ContextLookup): boolean {
  const actual = lookup(condition.key);
  if (condition.operator.name === 'Null') return holdsForAbsence(condition, actual.length === 0);
  if (actual.length === 0) return holdsWithoutKey(condition);
  const test = (value: string): boolean => holdsFor(condition, value, lookup);
  const wantsEvery = condition.quantifier === 'ForAllValues' || (condition.quantifier === undefined && condition.operator.isNegated);
  return wantsEvery ? actual.every(test) : actual.some(test);
}
