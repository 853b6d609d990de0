import * as z from 'zod';

export const keyReference = z.string().min(1).max(2048);

/** Bytes as they travel in JSON: base64. */
export const bytes = (minBytes: number, maxBytes: number) =>
  z
    .union([z.base64(), z.instanceof(Uint8Array)])
    .transform((value) => (typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.from(value)))
    .refine((value) => value.length >= minBytes && value.length <= maxBytes, `must have length between ${minBytes} and ${maxBytes}`);

export const encryptionContext = z.record(z.string(), z.string()).default({});

export const tagList = z
  .array(z.object({ TagKey: z.string().min(1).max(128), TagValue: z.string().max(256) }))
  .max(50)
  .default([])
  .transform((tags) => new Map(tags.map((tag) => [tag.TagKey, tag.TagValue])));

export const aliasName = z
  .string()
  .max(256)
  .regex(/^alias\/[a-zA-Z0-9/_-]+$/, "must be 'alias/' followed by letters, digits, '/', '_' or '-'")
  .refine((name) => !name.startsWith('alias/aws/'), "must not begin with 'alias/aws/', which is reserved");
