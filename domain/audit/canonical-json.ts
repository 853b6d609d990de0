/** A value has no canonical form: it is no JSON, nested too deeply, or has a string that is no Unicode. */
export class CanonicalFormError extends Error {
  override readonly name = 'CanonicalFormError';
  readonly code = 'ERR_CANONICAL_FORM';
}

/** Deeper than anything that is on record, and far from where a stack ends. */
const MAX_DEPTH = 16;

type WriteText = (text: string) => string;

/**
 * The one text of a JSON value (RFC 8785): no white space, members by their names in UTF-16 code units, numbers and strings as
 * ECMAScript writes them.
 * @throws CanonicalFormError
 */
export const canonicalJson = (value: unknown): string => written(value, strictly, MAX_DEPTH);

/**
 * The same, with U+FFFD for each half of a surrogate pair.
 * @throws CanonicalFormError
 */
export const repairedCanonicalJson = (value: unknown): string => written(value, repaired, MAX_DEPTH);

const written = (value: unknown, text: WriteText, depth: number): string => {
  if (typeof value === 'string') return text(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value !== 'object') throw new CanonicalFormError(`A ${typeof value} like this is no JSON.`);
  if (depth === 0) throw new CanonicalFormError(`It is nested more than ${MAX_DEPTH} deep.`);
  const inner: WriteInner = (member) => written(member, text, depth - 1);
  return Array.isArray(value) ? `[${value.map(inner).join(',')}]` : `{${members(value, text, inner)}}`;
};

type WriteInner = (value: unknown) => string;

const members = (value: object, text: WriteText, inner: WriteInner): string =>
  Object.entries(value)
    // RFC 8785 §3.2.3: the order of code units, which is that of `<`, and never that of a language.
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${text(name)}:${inner(member)}`)
    .join(',');

// RFC 8785 §3.2.2.2: half a surrogate pair ends it; JSON.stringify would write it as an escape.
const strictly: WriteText = (text) => {
  if (!text.isWellFormed()) throw new CanonicalFormError('A string has half a surrogate pair.');
  return JSON.stringify(text);
};

const repaired: WriteText = (text) => JSON.stringify(text.toWellFormed());
