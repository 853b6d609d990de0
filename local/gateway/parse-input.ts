import type * as z from 'zod';
import { AwsError } from '../aws-error.ts';

const describeIssue = (issue: z.core.$ZodIssue): string => {
  const at = issue.path.map(String).join('.');
  return at === '' ? issue.message : `${issue.message} at '${at}'`;
};

/** Validates an operation's input; refuses with `code` (default `ValidationException`) and every failed constraint in the message. */
export const parseInput = <Schema extends z.ZodType>(schema: Schema, input: unknown, code = 'ValidationException'): z.output<Schema> => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const details = result.error.issues.map(describeIssue).join('; ');
  const count = result.error.issues.length;
  throw new AwsError(code, `${count} validation error${count === 1 ? '' : 's'} detected: ${details}`);
};
