import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';

export type ParameterType = 'String' | 'StringList' | 'SecureString';

export interface Parameter {
  readonly name: string;
  readonly arn: string;
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;
  readonly description: string | undefined;
  readonly allowedPattern: string | undefined;
  readonly modifiedAtMs: number;
}

export interface ParameterInput {
  readonly name: string;
  readonly value: string;
  /** May be left out when an existing parameter is overwritten. */
  readonly type?: ParameterType | undefined;
  readonly description?: string | undefined;
  readonly allowedPattern?: string | undefined;
  readonly shouldOverwrite: boolean;
}

const validation = (message: string): AwsError => new AwsError('ValidationException', message);

// Systems Manager User Guide, "Requirements and constraints for parameter names" and the quota of the standard tier.
const checkName = (name: string): void => {
  if (!/^[\w./-]+$/.test(name) || name.length > 1011)
    throw validation(`Parameter name: can't be prefixed with "ssm" or hold other than letters, numbers, and .-_/: ${name}`);
  if (/^\/?(aws|ssm)/i.test(name)) throw validation(`Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive): ${name}`);
  if (name.includes('/') && !name.startsWith('/')) throw validation('Parameter name must be a fully qualified name.');
};

const maxValueBytes = 4096;

/** Parameters of one account and region, of the standard tier. */
export class ParameterStore {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #parameters = new Map<string, Parameter>();

  constructor(account: Account, clock: Clock) {
    this.#account = account;
    this.#clock = clock;
  }

  put(input: ParameterInput): Parameter {
    checkName(input.name);
    const existing = this.#parameters.get(input.name);
    if (existing !== undefined && !input.shouldOverwrite) {
      throw new AwsError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    const type = input.type ?? existing?.type;
    if (type === undefined) throw validation('A parameter type is required when you create a parameter.');
    this.#checkValue(input);
    const parameter = {
      name: input.name,
      arn: arnOf(this.#account, 'ssm', `parameter${input.name.startsWith('/') ? '' : '/'}${input.name}`),
      type,
      value: input.value,
      version: (existing?.version ?? 0) + 1,
      description: input.description ?? existing?.description,
      allowedPattern: input.allowedPattern,
      modifiedAtMs: this.#clock.now(),
    };
    this.#parameters.set(input.name, parameter);
    return parameter;
  }

  /** By name or ARN; undefined when there is none. */
  find(nameOrArn: string): Parameter | undefined {
    return this.#parameters.get(nameOrArn) ?? [...this.#parameters.values()].find(({ arn }) => arn === nameOrArn);
  }

  /** Refuses with `ParameterNotFound`. */
  get(nameOrArn: string): Parameter {
    const parameter = this.find(nameOrArn);
    if (parameter === undefined) throw new AwsError('ParameterNotFound', `Parameter ${nameOrArn} not found.`);
    return parameter;
  }

  list(): readonly Parameter[] {
    return [...this.#parameters.values()];
  }

  delete(name: string): void {
    this.get(name);
    this.#parameters.delete(name);
  }

  #checkValue(input: ParameterInput): void {
    if (input.value === '')
      throw validation(
        "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1",
      );
    if (Buffer.byteLength(input.value) > maxValueBytes) {
      throw validation('Standard tier parameters support a maximum parameter value of 4096 characters.');
    }
    if (input.allowedPattern !== undefined && !new RegExp(input.allowedPattern).test(input.value)) {
      throw new AwsError(
        'ParameterPatternMismatchException',
        `Parameter value, cannot be validated against allowedPattern: ${input.allowedPattern}`,
      );
    }
  }
}
