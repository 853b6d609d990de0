import { invalidRequest } from '../refusals.ts';

export interface PageRequest {
  /** What the previous page answered. */
  readonly token: string | undefined;
  readonly limit: number | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
}

// The API reference gives 25 where it gives a default at all.
const defaultLimit = 25;

const encode = (key: string): string => Buffer.from(key, 'utf8').toString('base64');

const decode = (token: string): string => {
  const key = Buffer.from(token, 'base64').toString('utf8');
  if (encode(key) !== token) throw invalidRequest('The continuation token is not one that was given out.');
  return key;
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * One page of the items in the order of their keys. The token is the last key of a page, so that a caller who deletes
 * what it has listed skips nothing.
 */
export const pageOf = <Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => string,
  { token, limit = defaultLimit, isDescending = false }: PageRequest & { readonly isDescending?: boolean },
): Page<Item> => {
  const direction = isDescending ? -1 : 1;
  const after = token === undefined ? undefined : decode(token);
  const rest = [...items]
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || compare(key, after) * direction > 0)
    .sort((a, b) => compare(a.key, b.key) * direction);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(({ item }) => item), nextToken: rest.length > limit && last !== undefined ? encode(last.key) : undefined };
};

/** A key that sorts by time first. */
export const keyByTime = (timeMs: number, name: string): string => `${String(timeMs).padStart(15, '0')} ${name}`;

const identity = (name: string): string => name;

/** A page of plain names. */
export const pageOfNames = (names: Iterable<string>, request: PageRequest): Page<string> => pageOf(names, identity, request);
