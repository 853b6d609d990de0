import { malformedPolicy } from './policy-grammar.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
};

/** @throws AwsError MalformedPolicyException when the value is no object or has a member that is not allowed. */
export function readObject(value: unknown, where: string, allowed: readonly string[]): JsonObject {
  if (!isObject(value)) throw malformedPolicy(where, `expected an object, got ${kindOf(value)}`);
  const stranger = Object.keys(value).find((key) => !allowed.includes(key));
  if (stranger !== undefined) throw malformedPolicy(where, `"${stranger}" is not allowed here; allowed are ${allowed.join(', ')}`);
  return value;
}

/** One string or a list of at least one string. */
export function readStrings(value: unknown, where: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw malformedPolicy(where, 'the list is empty; name at least one value');
  return list.map((item, index) => {
    if (typeof item === 'string' && item !== '') return item;
    throw malformedPolicy(
      Array.isArray(value) ? `${where}[${index}]` : where,
      `expected a non-empty string, got ${item === '' ? 'an empty one' : kindOf(item)}`,
    );
  });
}
