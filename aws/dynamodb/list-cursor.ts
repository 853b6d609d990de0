import * as z from 'zod/mini';
import type { Item } from './attribute-values.ts';
import { parseJson } from '../../domain/parse-json.ts';

const keys = z.tuple([z.string().check(z.minLength(1)), z.string().check(z.minLength(1))]);

/** The key of the item that a page ended with, as text. */
export const writeCursor = (key: Item): string => Buffer.from(JSON.stringify([key['pk']?.S, key['sk']?.S])).toString('base64url');

/** Reads it back, or returns `undefined` for text that is no such thing. */
export const readCursor = (text: string): Item | undefined => {
  const read = z.safeParse(keys, parseJson(Buffer.from(text, 'base64url').toString()));
  if (!read.success) return undefined;
  const [pk, sk] = read.data;
  return { pk: { S: pk }, sk: { S: sk } };
};
