import { AwsError } from '../../aws-error.ts';

/** What one service allows in its policies beyond the shape that all AWS policies share. */
export interface PolicyGrammar {
  /** Largest number of characters, white space not counted. */
  readonly maxCharacters: number;
  /** Whether it is an action of the service, or a wildcard that covers at least one. */
  isAction(text: string): boolean;
  /** Whether it is `*` or an ARN pattern. */
  isResource(text: string): boolean;
  /** Whether `${name}` may be written. */
  isVariable(name: string): boolean;
  /** Whether conditions may name that key. */
  isConditionKey(key: string): boolean;
}

/** A refusal of a policy's text; `where` is a path such as `Statement[0].Action`. */
export const malformedPolicy = (where: string, what: string): AwsError =>
  new AwsError('MalformedPolicyException', `Policy document is malformed at ${where}: ${what}`);
