import * as z from 'zod';

export const ruleName = z.string().regex(/^[.\-_A-Za-z0-9]{1,64}$/, 'must be 1 to 64 letters, digits, periods, hyphens or underscores');

/** There is the bus that every account has, and no other. */
export const defaultBus = z
  .string()
  .refine((name) => name === 'default' || name.endsWith(':event-bus/default'), 'The local AWS has the default event bus only')
  .optional();

export const tagList = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }));

export const page = { NextToken: z.string().optional(), Limit: z.int().min(1).max(100).default(100) };

/** One page of a list whose token is the number of entries before it. */
export const pageOf = <Item>(
  items: readonly Item[],
  { NextToken, Limit }: { readonly NextToken?: string | undefined; readonly Limit: number },
) => {
  const start = Number(NextToken ?? 0) || 0;
  const end = start + Limit;
  return { items: items.slice(start, end), ...(end < items.length ? { NextToken: String(end) } : {}) };
};
