import type { Account } from '../../account.ts';
import type { OperationInput } from '../../gateway/operation.ts';
import type { ActionResource } from './service-actions.ts';

/** Reads what an ARN's variable stands for out of an operation's input. */
export type VariableReader = (input: OperationInput) => string | undefined;

export interface DerivationOptions {
  readonly account: Account;
  /** By variable in small letters, e.g. `certificate`; variables that are not here are members of that name in the input. */
  readonly variables: Readonly<Record<string, VariableReader>>;
}

const textMember = (input: OperationInput, name: string): string | undefined => {
  const found = Object.entries(input).find(([member]) => member.toLowerCase() === name)?.[1];
  return typeof found === 'string' ? found : undefined;
};

const valueOf = (variable: string, input: OperationInput, { account, variables }: DerivationOptions): string | undefined => {
  const name = variable.toLowerCase();
  if (name === 'partition') return account.partition;
  if (name === 'region') return account.region;
  if (name === 'account') return account.accountId;
  return Object.hasOwn(variables, name) ? variables[name]?.(input) : textMember(input, name);
};

const variablePattern = /\$\{(\w+)\}/g;

/** Fills an ARN format; undefined when the input does not name the resource. A value that is an ARN already stands for all. */
const fill = (arnFormat: string, input: OperationInput, options: DerivationOptions): string | undefined => {
  const names = [...arnFormat.matchAll(variablePattern)].map(([, name = '']) => name);
  const values = new Map(names.map((name) => [name, valueOf(name, input, options)]));
  const whole = [...values.values()].find((value) => value?.startsWith('arn:'));
  if (whole !== undefined || [...values.values()].includes(undefined)) return whole;
  return arnFormat.replaceAll(variablePattern, (_match, name: string) => values.get(name) ?? '');
};

/**
 * The ARNs of the resources that an input names. A required one that it does not name counts as `*`: the operation
 * will refuse the input, but only to those who may do it to anything.
 */
export const deriveResources = (
  resources: readonly ActionResource[],
  input: OperationInput,
  options: DerivationOptions,
): readonly string[] => {
  const arns = resources.flatMap(({ arnFormat, isOptional }) => fill(arnFormat, input, options) ?? (isOptional ? [] : ['*']));
  return arns.length === 0 ? ['*'] : [...new Set(arns)];
};
