import * as z from 'zod';
import { JobRefusal } from './job-refusal.ts';

const detailName = /^[a-zA-Z0-9:_-]{1,128}$/;

// SM DetailsValue: anything but control characters.
const detailValue = /^[^\p{C}]{1,1024}$/u;

const maximumDetails = 10;

const statusDetails = z
  .record(z.string().regex(detailName), z.string().regex(detailValue))
  .refine((details) => Object.keys(details).length <= maximumDetails, `at most ${maximumDetails} status details`);

/** Minutes; -1 stops the timer. */
const stepTimeoutInMinutes = z
  .number()
  .int()
  .max(10_080)
  .refine((minutes) => minutes === -1 || minutes >= 1, 'must be -1, or 1 at least');

const clientToken = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-zA-Z0-9-]+$/);

const executionNumber = z.number().int();

/** What devices send (API reference, "AWS IoT jobs data plane"); unknown members are dropped. */
export const requestSchemas = {
  getPending: z.object({ clientToken: clientToken.optional() }),
  startNext: z.object({
    statusDetails: statusDetails.optional(),
    stepTimeoutInMinutes: stepTimeoutInMinutes.optional(),
    clientToken: clientToken.optional(),
  }),
  describe: z.object({
    executionNumber: executionNumber.optional(),
    includeJobDocument: z.boolean().default(true),
    clientToken: clientToken.optional(),
  }),
  update: z.object({
    status: z.enum(['IN_PROGRESS', 'FAILED', 'SUCCEEDED', 'REJECTED']),
    statusDetails: statusDetails.optional(),
    expectedVersion: z.number().int().optional(),
    executionNumber: executionNumber.optional(),
    includeJobExecutionState: z.boolean().default(false),
    includeJobDocument: z.boolean().default(false),
    stepTimeoutInMinutes: stepTimeoutInMinutes.optional(),
    clientToken: clientToken.optional(),
  }),
} as const;

export type RequestOf<Name extends keyof typeof requestSchemas> = z.output<(typeof requestSchemas)[Name]>;

/** @throws JobRefusal `InvalidRequest` */
export const readRequest = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> => {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new JobRefusal('InvalidRequest', `Invalid ${issue?.path.join('.') ?? 'request'}: ${issue?.message ?? ''}`);
};
