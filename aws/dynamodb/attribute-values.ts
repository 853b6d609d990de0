import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** One item as DynamoDB takes and gives it. */
export type Item = Record<string, AttributeValue>;

/** Writes a plain record of strings, numbers, booleans, lists and records. What is `undefined` is left out. */
export const toItem = (record: object): Item =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]: [string, unknown]) => [key, toAttribute(value)]),
  );

// By hand, because the marshaller of the SDK's own library costs the hook bytes at every cold start.
const toAttribute = (value: unknown): AttributeValue => {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(toAttribute) };
  if (typeof value === 'object' && value !== null) return { M: toItem(value) };
  throw new TypeError(`A value of type ${value === null ? 'null' : typeof value} has no place in an item.`);
};

/** Reads attributes back into a plain record, to be checked by a schema. Sets and binaries read as `undefined`. */
export const fromItem = (item: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([key, attribute]) => [key, fromAttribute(attribute)]));

const fromAttribute = (attribute: AttributeValue): unknown => {
  if (attribute.S !== undefined) return attribute.S;
  if (attribute.N !== undefined) return Number(attribute.N);
  if (attribute.BOOL !== undefined) return attribute.BOOL;
  if (attribute.L !== undefined) return attribute.L.map(fromAttribute);
  if (attribute.M !== undefined) return fromItem(attribute.M);
  return undefined;
};
