import * as z from 'zod';
import { AwsError } from '../aws-error.ts';

/** What a request to the control endpoint says, checked. Throws `AwsError` `ValidationException`, which says what is allowed. */
export const readRequest = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AwsError('ValidationException', z.prettifyError(parsed.error));
};
