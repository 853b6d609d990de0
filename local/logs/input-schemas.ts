import * as z from 'zod';

export const groupName = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[.\-_/#A-Za-z0-9]+$/);

export const streamName = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[^:*]*$/);

/** CloudWatch Logs API Reference, PutRetentionPolicy. */
export const retentionInDays = z
  .int()
  .refine(
    (days) => [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653].includes(days),
    'must be one of the retention periods that the service has, in days: 1, 3, 5, 7, 14, 30, 60, 90, …, 3653',
  );
