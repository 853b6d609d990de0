import { isJsonObject } from '../json-object.ts';
import type { JsonObject } from '../json-object.ts';
import { MalformedPolicy } from './malformed-policy.ts';

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
};

/** @throws MalformedPolicy when the value is no object or has a member that is not allowed. */
export function readObject(value: unknown, where: string, allowed: readonly string[]): JsonObject {
  if (!isJsonObject(value)) throw new MalformedPolicy(where, `expected an object, got ${kindOf(value)}`);
  const stranger = Object.keys(value).find((key) => !allowed.includes(key));
  if (stranger === undefined) return value;
  throw new MalformedPolicy(where, `"${stranger}" is not allowed here; allowed are ${allowed.join(', ')}`, {
    kind: 'forbidden',
    member: stranger,
  });
}

/** One string or a list of at least one string. */
export function readStrings(value: unknown, where: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new MalformedPolicy(where, 'the list is empty; name at least one value');
  return list.map((item, index) => {
    if (typeof item === 'string' && item !== '') return item;
    throw new MalformedPolicy(
      Array.isArray(value) ? `${where}[${index}]` : where,
      `expected a non-empty string, got ${item === '' ? 'an empty one' : kindOf(item)}`,
    );
  });
}

/** Which of `<name>` and `Not<name>` is there, for there must be exactly one. */
export function readEitherForm(
  statement: JsonObject,
  name: string,
  where: string,
): { readonly member: string; readonly isNegated: boolean } {
  const negated = `Not${name}`;
  const isNegated = statement[negated] !== undefined;
  const isPlain = statement[name] !== undefined;
  if (isNegated !== isPlain) return { member: isNegated ? negated : name, isNegated };
  throw new MalformedPolicy(where, `needs exactly one of ${name} and ${negated}`, {
    kind: isPlain ? 'ambiguous' : 'missing',
    member: name,
  });
}
