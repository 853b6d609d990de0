import { type JsonObject, readJsonObject } from './json-object.ts';

/** A signed text in compact serialization (RFC 7515 §7.1), read and not yet believed. */
export interface UnverifiedJws {
  readonly text: string;
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

/** Reads such a text, or `undefined` where it is none, or has a second spelling (RFC 4648 §3.5). */
export const readJws = (text: string): UnverifiedJws | undefined => {
  const parts = text.split('.').map((part) => ({ part, bytes: Buffer.from(part, 'base64url') }));
  const [header, claims, signature, ...more] = parts;
  if (header === undefined || claims === undefined || signature === undefined || more.length > 0) return undefined;
  if (!parts.every(({ part, bytes }) => bytes.length > 0 && bytes.toString('base64url') === part)) return undefined;
  const read = { header: readJsonObject(header.bytes), claims: readJsonObject(claims.bytes) };
  return read.header === undefined || read.claims === undefined ? undefined : { text, header: read.header, claims: read.claims };
};
