import { validationError } from '../template/validation-error.ts';

/** An argument that must be text; numbers and booleans are written out, as CloudFormation does. */
export const textArgument = (value: unknown, functionName: string): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw validationError(
    `Template error: every argument of ${functionName} that stands for text must be a string, got ${JSON.stringify(value)}`,
  );
};

export const listArgument = (value: unknown, functionName: string, shape: string): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw validationError(`Template error: ${functionName} requires a list, ${shape}, got ${JSON.stringify(value)}`);
};
