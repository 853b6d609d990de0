import * as z from 'zod';

/** The `Tags` property as most resource types take it: a list of keys and values. */
export const tagList = z
  .array(z.strictObject({ Key: z.string(), Value: z.string() }))
  .transform((tags): ReadonlyMap<string, string> => new Map(tags.map(({ Key, Value }) => [Key, Value])));
