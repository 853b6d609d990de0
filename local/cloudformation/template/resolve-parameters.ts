import type { Template, TemplateParameter } from './template.ts';
import { validationError } from './validation-error.ts';

/** One parameter as a request gives it. */
export interface GivenParameter {
  readonly name: string;
  readonly value: string | undefined;
  readonly shouldUsePrevious: boolean;
}

/** One parameter as a stack keeps it. */
export interface ResolvedParameter {
  readonly name: string;
  /** As given: for an SSM parameter type the parameter's name. */
  readonly given: string;
  /** What `Ref` answers: text, or a list of texts. */
  readonly value: string | readonly string[];
  readonly isSecret: boolean;
  /** For SSM parameter types: the value read, as text. */
  readonly ssmValue: string | undefined;
}

/** Reads a parameter of the SSM parameter store; undefined when there is none. */
export type ReadSsmParameter = (name: string) => string | undefined;

const ssmType = /^AWS::SSM::Parameter::Value<(.+)>$/;

const asList = (text: string): readonly string[] => (text === '' ? [] : text.split(',').map((item) => item.trim()));

const isListType = (type: string): boolean => type === 'CommaDelimitedList' || type.startsWith('List<');

const refuse = (name: string, parameter: TemplateParameter, reason: string): never => {
  throw validationError(
    parameter.ConstraintDescription === undefined
      ? reason
      : `Parameter ${name} failed to satisfy constraint: ${parameter.ConstraintDescription}`,
  );
};

const checkText = (name: string, parameter: TemplateParameter, text: string): void => {
  if (parameter.AllowedValues?.includes(text) === false) {
    refuse(name, parameter, `Parameter '${name}' must be one of AllowedValues`);
  }
  if (parameter.AllowedPattern !== undefined && !new RegExp(`^(?:${parameter.AllowedPattern})$`, 's').test(text)) {
    refuse(name, parameter, `Parameter '${name}' must match pattern ${parameter.AllowedPattern}`);
  }
  if (text.length < (parameter.MinLength ?? 0))
    refuse(name, parameter, `Parameter '${name}' must contain at least ${parameter.MinLength ?? 0} characters`);
  if (text.length > (parameter.MaxLength ?? Infinity))
    refuse(name, parameter, `Parameter '${name}' must contain at most ${parameter.MaxLength ?? 0} characters`);
};

const checkNumber = (name: string, parameter: TemplateParameter, text: string): void => {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) refuse(name, parameter, `Parameter '${name}' must be a number`);
  if (value < (parameter.MinValue ?? -Infinity))
    refuse(name, parameter, `Parameter '${name}' must be a number not less than ${parameter.MinValue ?? 0}`);
  if (value > (parameter.MaxValue ?? Infinity))
    refuse(name, parameter, `Parameter '${name}' must be a number not greater than ${parameter.MaxValue ?? 0}`);
};

const checkConstraints = (name: string, parameter: TemplateParameter, text: string): void => {
  const texts = isListType(parameter.Type) ? asList(text) : [text];
  for (const one of texts) {
    checkText(name, parameter, one);
    if (parameter.Type === 'Number' || parameter.Type === 'List<Number>') checkNumber(name, parameter, one);
  }
};

const checkType = (name: string, type: string): void => {
  const inner = ssmType.exec(type)?.[1] ?? type;
  if (inner === 'String' || inner === 'Number' || isListType(inner) || inner.startsWith('AWS::')) return;
  throw validationError(`Template format error: Unrecognized parameter type: ${type} (parameter ${name})`);
};

const resolveOne = (
  [name, parameter]: readonly [string, TemplateParameter],
  given: string,
  readSsm: ReadSsmParameter,
): ResolvedParameter => {
  checkConstraints(name, parameter, given);
  const inner = ssmType.exec(parameter.Type)?.[1];
  const ssmValue = inner === undefined ? undefined : readSsm(given);
  if (inner !== undefined && ssmValue === undefined) {
    throw validationError(`Unable to fetch parameters [${given}] from parameter store for this account.`);
  }
  const text = ssmValue ?? given;
  const value = isListType(inner ?? parameter.Type) ? asList(text) : text;
  return { name, given, value, isSecret: parameter.NoEcho === true, ssmValue };
};

const givenValue = (given: GivenParameter | undefined, previous: ResolvedParameter | undefined): string | undefined => {
  if (given === undefined) return undefined;
  return given.shouldUsePrevious ? previous?.given : given.value;
};

const checkNames = (template: Template, given: readonly GivenParameter[]): void => {
  const unknown = given.map(({ name }) => name).filter((name) => !Object.hasOwn(template.Parameters, name));
  if (unknown.length > 0) throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
};

/** The values of a template's parameters from the request, the stack's previous values and the defaults. Refuses with `ValidationError`. */
export const resolveParameters = (
  template: Template,
  input: { readonly given: readonly GivenParameter[]; readonly previous: readonly ResolvedParameter[]; readonly readSsm: ReadSsmParameter },
): readonly ResolvedParameter[] => {
  checkNames(template, input.given);
  const missing: string[] = [];
  const resolved = Object.entries(template.Parameters).flatMap(([name, parameter]) => {
    checkType(name, parameter.Type);
    const given = input.given.find((one) => one.name === name);
    const previous = input.previous.find((one) => one.name === name);
    const text = givenValue(given, previous) ?? parameter.Default;
    if (text === undefined) missing.push(name);
    return text === undefined ? [] : [resolveOne([name, parameter], text, input.readSsm)];
  });
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  return resolved;
};

/** How a secret is shown, whatever its length. */
export const mask = '****';

/** The parameters as anybody may see them: `NoEcho` hides a value (User Guide, "Parameters"). */
export const masked = (parameters: readonly ResolvedParameter[]): readonly ResolvedParameter[] =>
  parameters.map((parameter) => (parameter.isSecret ? { ...parameter, given: mask, value: mask } : parameter));
