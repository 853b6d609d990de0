import * as z from 'zod';

/** Tags as IAM's operations carry them. */
export const tagList = z
  .array(z.object({ Key: z.string(), Value: z.string() }))
  .transform((tags) => new Map(tags.map(({ Key, Value }) => [Key, Value])));
