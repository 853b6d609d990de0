import type { Account } from '../../account.ts';
import { arnOf } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';

/** A function as requests name it; without a qualifier, the function itself. */
export interface FunctionReference {
  readonly functionName: string;
  readonly qualifier: string | undefined;
}

const pattern = /^(?:arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:|\d{12}:function:|function:)?([\w-]{1,64})(?::(\$LATEST|[\w-]{1,128}))?$/;

/** As `parseFunctionReference`, but undefined for a text that names no function. */
export const findFunctionReference = (text: string): FunctionReference | undefined => {
  const [, functionName, qualifier] = pattern.exec(text) ?? [];
  return functionName === undefined ? undefined : { functionName, qualifier };
};

/** Reads a name, a partial ARN or an ARN, each with or without a qualifier (Lambda API Reference, "FunctionName"). */
export const parseFunctionReference = (text: string, qualifier?: string): FunctionReference => {
  const [, functionName, own] = pattern.exec(text) ?? [];
  if (functionName === undefined) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern.source}`,
    );
  }
  if (own !== undefined && qualifier !== undefined && own !== qualifier) {
    throw new AwsError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  return { functionName, qualifier: own ?? qualifier };
};

/** The ARN of a function, or of one of its versions and aliases. */
export const functionArn = (account: Account, { functionName, qualifier }: FunctionReference): string =>
  arnOf(account, 'lambda', `function:${functionName}${qualifier === undefined ? '' : `:${qualifier}`}`);
