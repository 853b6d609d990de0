import { isJsonObject } from '../../json-object.ts';
import type { Properties } from '../resource-provider.ts';

export interface PropertyDifference {
  /** e.g. `/PolicyDocument`. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly type: 'REMOVE' | 'NOT_EQUAL';
}

/** A document that travels as text is compared as the document. */
const parsed = (value: unknown): unknown => {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/** Templates write `30` and `"30"`, `true` and `"true"`, for the same. */
const scalar = (value: unknown): unknown => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value);

const isEqual = (left: unknown, right: unknown): boolean => {
  const [a, b] = [scalar(parsed(left)), scalar(parsed(right))];
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, index) => isEqual(one, b[index]));
  if (isJsonObject(a) && isJsonObject(b)) {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return names.every((name) => isEqual(a[name], b[name]));
  }
  return a === b;
};

/**
 * What of the properties that a template sets is otherwise now (CloudFormation User Guide, "Detect unmanaged configuration
 * changes with drift detection"). What a template leaves open, and what cannot be read, is not compared.
 */
export const compareProperties = (expected: Properties, actual: Properties, path = ''): readonly PropertyDifference[] =>
  Object.entries(actual).flatMap(([name, value]): readonly PropertyDifference[] => {
    const wanted = expected[name];
    if (!Object.hasOwn(expected, name) || isEqual(wanted, value)) return [];
    const at = `${path}/${name}`;
    if (value === undefined) return [{ path: at, expected: wanted, actual: undefined, type: 'REMOVE' }];
    const isNested = isJsonObject(wanted) && isJsonObject(value) && !name.endsWith('Document') && !name.endsWith('Body');
    if (isNested) return compareProperties(wanted, value, at);
    return [{ path: at, expected: wanted, actual: value, type: 'NOT_EQUAL' }];
  });
