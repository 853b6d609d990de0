import { validationError } from '../template/validation-error.ts';
import { listArgument, textArgument } from './argument.ts';
import type { Scope } from './scope.ts';
import { isSymbolic, symbol } from './symbolic.ts';

export const join = (argument: unknown): string => {
  const [delimiter, items] = listArgument(argument, 'Fn::Join', '[delimiter, [values]]');
  if (isSymbolic(items)) return symbol(`Join(${JSON.stringify([delimiter, items])})`);
  return listArgument(items, 'Fn::Join', 'values')
    .map((item) => textArgument(item, 'Fn::Join'))
    .join(textArgument(delimiter, 'Fn::Join'));
};

export const split = (argument: unknown): unknown => {
  const [delimiter, source] = listArgument(argument, 'Fn::Split', '[delimiter, source]');
  if (isSymbolic(source)) return symbol(`Split(${JSON.stringify([delimiter, source])})`);
  return textArgument(source, 'Fn::Split').split(textArgument(delimiter, 'Fn::Split'));
};

export const select = (argument: unknown): unknown => {
  const [index, items] = listArgument(argument, 'Fn::Select', '[index, [values]]');
  if (isSymbolic(items)) return symbol(`Select(${JSON.stringify([index, items])})`);
  const list = listArgument(items, 'Fn::Select', 'values');
  const at = Number(index);
  if (!Number.isInteger(at) || at < 0 || at >= list.length) {
    throw validationError(`Template error: Fn::Select cannot select nonexistent value at index ${String(index)}`);
  }
  return list[at];
};

export const base64 = (argument: unknown): string => {
  if (isSymbolic(argument)) return symbol(`Base64(${argument})`);
  return Buffer.from(textArgument(argument, 'Fn::Base64'), 'utf8').toString('base64');
};

const lookUp = (name: string, variables: Readonly<Record<string, unknown>>, scope: Scope): unknown => {
  if (Object.hasOwn(variables, name)) return variables[name];
  const dot = name.indexOf('.');
  return dot < 0 ? scope.ref(name) : scope.getAtt(name.slice(0, dot), name.slice(dot + 1));
};

/** `${Name}`, `${Resource.Attribute}`; `${!Text}` is the literal `${Text}`. The variables are resolved already. */
export const sub = (argument: unknown, scope: Scope): string => {
  const [template, variables] = typeof argument === 'string' ? [argument, {}] : listArgument(argument, 'Fn::Sub', '[text, variables]');
  const known = typeof variables === 'object' && variables !== null ? { ...variables } : {};
  return textArgument(template, 'Fn::Sub').replace(/\$\{(!?)([^}]*)\}/g, (_whole, literal: string, name: string) =>
    literal === '!' ? `\${${name}}` : textArgument(lookUp(name.trim(), known, scope), 'Fn::Sub'),
  );
};
