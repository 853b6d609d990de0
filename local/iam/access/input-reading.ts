import type { OperationInput } from '../../gateway/operation.ts';
import { isJsonObject } from '../../json-object.ts';
import type { JsonObject } from '../../json-object.ts';

/** The first of the named members that is text. */
export const textIn = (input: OperationInput, ...members: readonly string[]): string | undefined => {
  for (const member of members) {
    const value = input[member];
    if (typeof value === 'string') return value;
  }
  return undefined;
};

/** The objects in a list, or none. */
export const objectsIn = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);

/** The texts in a list, or none. */
export const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
