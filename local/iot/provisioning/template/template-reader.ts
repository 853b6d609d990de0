import type { AwsError } from '../../../aws-error.ts';
import { isJsonObject } from '../../../json-object.ts';
import type { JsonObject } from '../../../json-object.ts';
import { invalidRequest } from '../../refusals.ts';

/** A refusal of a template's text; `where` is a path such as `Resources.thing.Properties`. */
export const malformedTemplate = (where: string, what: string): AwsError =>
  invalidRequest(`The provisioning template is not valid at ${where}: ${what}.`);

export function readObject(value: unknown, where: string): JsonObject {
  if (!isJsonObject(value)) throw malformedTemplate(where, 'expected an object');
  return value;
}

/** An object that has no members but those allowed. */
export function readRecord(value: unknown, where: string, allowed: readonly string[]): JsonObject {
  const object = readObject(value, where);
  const stranger = Object.keys(object).find((key) => !allowed.includes(key));
  if (stranger !== undefined) throw malformedTemplate(where, `"${stranger}" is not allowed here; allowed are ${allowed.join(', ')}`);
  return object;
}

export function readString(value: unknown, where: string): string {
  if (typeof value !== 'string') throw malformedTemplate(where, 'expected a string');
  return value;
}

/** Reads every member of an object with `read`; an absent object has none. */
export function readMap<Value>(value: unknown, where: string, read: (value: unknown, where: string) => Value): ReadonlyMap<string, Value> {
  const entries = Object.entries(value === undefined ? {} : readObject(value, where));
  return new Map(entries.map(([key, member]) => [key, read(member, `${where}.${key}`)]));
}
