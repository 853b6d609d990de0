import { isJsonObject } from '../../json-object.ts';
import { validationError } from '../template/validation-error.ts';
import { textArgument } from './argument.ts';
import { and, chooseBranch, contains, equals, not, or } from './condition-functions.ts';
import { cidr, findInMap, getAvailabilityZones } from './lookup-functions.ts';
import type { Scope } from './scope.ts';
import { noValue } from './scope.ts';
import { base64, join, select, split, sub } from './string-functions.ts';

type IntrinsicFunction = (argument: unknown, scope: Scope) => unknown;

const getAtt: IntrinsicFunction = (argument, scope) => {
  const parts = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument : [];
  const [logicalId, ...attribute] = parts.map((part) => textArgument(part, 'Fn::GetAtt'));
  if (logicalId === undefined || attribute.length === 0) {
    throw validationError(
      'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
    );
  }
  return scope.getAtt(logicalId, attribute.join('.'));
};

const ref: IntrinsicFunction = (argument, scope) => (argument === 'AWS::NoValue' ? noValue : scope.ref(textArgument(argument, 'Ref')));

/** Functions whose arguments are resolved before they are called. */
const functions: Readonly<Record<string, IntrinsicFunction>> = {
  Ref: ref,
  Condition: (argument, scope) => scope.condition(textArgument(argument, 'Condition')),
  'Fn::And': and,
  'Fn::Base64': base64,
  'Fn::Cidr': cidr,
  'Fn::Contains': contains,
  'Fn::Equals': equals,
  'Fn::FindInMap': findInMap,
  'Fn::GetAtt': getAtt,
  'Fn::GetAZs': getAvailabilityZones,
  'Fn::ImportValue': (argument, scope) => scope.importValue(textArgument(argument, 'Fn::ImportValue')),
  'Fn::Join': join,
  'Fn::Not': not,
  'Fn::Or': or,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::Sub': sub,
};

/** `Condition` is a function only where its argument is a name: policy documents have a key of that name. */
const functionNameOf = (node: Readonly<Record<string, unknown>>): string | undefined => {
  const [name, ...others] = Object.keys(node);
  if (name === undefined || others.length > 0) return undefined;
  if (name === 'Condition') return typeof node[name] === 'string' ? name : undefined;
  return name === 'Ref' || name.startsWith('Fn::') ? name : undefined;
};

const resolveText = (text: string, scope: Scope): string =>
  text.replace(/\{\{resolve:([\w-]+):([^{}]+)\}\}/g, (whole, service: string, reference: string) =>
    scope.dynamicReference === undefined ? whole : scope.dynamicReference(service, reference),
  );

const resolveMembers = (node: Readonly<Record<string, unknown>>, scope: Scope): unknown =>
  Object.fromEntries(
    Object.entries(node)
      .map(([key, member]): [string, unknown] => [key, resolveIntrinsics(member, scope)])
      .filter(([, member]) => member !== noValue),
  );

const callFunction = (name: string, argument: unknown, scope: Scope): unknown => {
  if (name === 'Fn::If') return chooseBranch(argument, scope, resolveIntrinsics);
  const intrinsic = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (intrinsic === undefined) throw validationError(`Template error: the local AWS does not support the function ${name}`);
  return intrinsic(resolveIntrinsics(argument, scope), scope);
};

/**
 * A value of a template with its intrinsic functions resolved (User Guide, "Intrinsic function reference").
 * Answers `noValue` where the whole value is `AWS::NoValue`. Refuses with `ValidationError`.
 */
export const resolveIntrinsics = (node: unknown, scope: Scope): unknown => {
  if (typeof node === 'string') return resolveText(node, scope);
  if (Array.isArray(node)) return node.map((item) => resolveIntrinsics(item, scope)).filter((item) => item !== noValue);
  if (!isJsonObject(node)) return node;
  const name = functionNameOf(node);
  return name === undefined ? resolveMembers(node, scope) : callFunction(name, node[name], scope);
};
