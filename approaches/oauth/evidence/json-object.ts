/** An object as it stood in JSON; nothing of it has been checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 12;
const STRING_AND_COLON = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/**
 * Reads one JSON object from UTF-8, or `undefined` where it is none, is nested too deeply, or names a member twice: readers that
 * take the first and readers that take the last would see two different tokens (RFC 8725 §2.4, RFC 7519 §4).
 */
export const readJsonObject = (bytes: Uint8Array): JsonObject | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const parsed: unknown = JSON.parse(text);
    if (!isObject(parsed)) return undefined;
    return membersOf(parsed, 0) === membersWritten(text) ? parsed : undefined;
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

// The text is JSON by now, so a string with a colon after it is the name of a member, and nothing else is.
const membersWritten = (text: string): number => [...text.matchAll(STRING_AND_COLON)].filter(([, colon]) => colon !== undefined).length;

const membersOf = (value: unknown, depth: number): number => {
  if (depth > MAX_DEPTH) throw new RangeError('No token is nested that deeply.');
  if (typeof value !== 'object' || value === null) return 0;
  const within = Object.values(value).reduce((sum: number, inner: unknown) => sum + membersOf(inner, depth + 1), 0);
  return within + (Array.isArray(value) ? 0 : Object.keys(value).length);
};
