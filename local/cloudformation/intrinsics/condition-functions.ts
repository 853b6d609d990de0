import { isDeepStrictEqual } from 'node:util';
import { validationError } from '../template/validation-error.ts';
import { listArgument, textArgument } from './argument.ts';
import type { Scope } from './scope.ts';

type Resolve = (node: unknown, scope: Scope) => unknown;

const truth = (value: unknown, functionName: string): boolean => {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw validationError(`Template error: every argument of ${functionName} must be a boolean, got ${JSON.stringify(value)}`);
};

const asText = (value: unknown): unknown => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value);

export const equals = (argument: unknown): boolean => {
  const list = listArgument(argument, 'Fn::Equals', '[one, other]');
  if (list.length !== 2) throw validationError('Template error: Fn::Equals requires exactly two arguments');
  return isDeepStrictEqual(asText(list[0]), asText(list[1]));
};

export const and = (argument: unknown): boolean => listArgument(argument, 'Fn::And', 'conditions').every((one) => truth(one, 'Fn::And'));
export const or = (argument: unknown): boolean => listArgument(argument, 'Fn::Or', 'conditions').some((one) => truth(one, 'Fn::Or'));
export const not = (argument: unknown): boolean => !truth(listArgument(argument, 'Fn::Not', '[condition]')[0], 'Fn::Not');

/** For rules only: whether a list holds a value. */
export const contains = (argument: unknown): boolean => {
  const [list, value] = listArgument(argument, 'Fn::Contains', '[[values], value]');
  return listArgument(list, 'Fn::Contains', 'values').map(asText).includes(asText(value));
};

/** Resolves the chosen branch alone: the other may name what does not exist under this condition. */
export const chooseBranch = (argument: unknown, scope: Scope, resolve: Resolve): unknown => {
  const list = listArgument(argument, 'Fn::If', '[condition name, value if true, value if false]');
  if (list.length !== 3) throw validationError('Template error: Fn::If requires three arguments');
  return resolve(scope.condition(textArgument(list[0], 'Fn::If')) ? list[1] : list[2], scope);
};
