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

/** An ARN format cut at its variables: texts are at even places, names of variables at odd ones. */
const cutAtVariables = (arnFormat: string): readonly string[] => arnFormat.split(/\$\{(\w+)\}/);

/** Fills an ARN format; undefined when the input does not name the resource. A value that is an ARN already stands for all. */
const fill = (pieces: readonly string[], input: OperationInput, options: DerivationOptions): string | undefined => {
  const filled = pieces.map((piece, index) => (index % 2 === 0 ? piece : valueOf(piece, input, options)));
  const whole = filled.find((piece, index) => index % 2 === 1 && piece?.startsWith('arn:'));
  return whole !== undefined || filled.includes(undefined) ? whole : filled.join('');
};

/**
 * Derives the ARNs of the resources that an input names. A required one that it does not name counts as `*`: the operation
 * will refuse the input, but only to those who may do it to anything. The formats are read once, here, and not for each input.
 */
export const resourceDeriver = (
  resources: readonly ActionResource[],
  options: DerivationOptions,
): ((input: OperationInput) => readonly string[]) => {
  const formats = resources.map(({ arnFormat, isOptional }) => ({ pieces: cutAtVariables(arnFormat), isOptional }));
  return (input) => {
    const arns = formats.flatMap(({ pieces, isOptional }) => fill(pieces, input, options) ?? (isOptional ? [] : ['*']));
    return arns.length === 0 ? ['*'] : [...new Set(arns)];
  };
};
