import { isJsonObject } from '../../json-object.ts';
import type { OperationInput } from '../../gateway/operation.ts';
import type { ConditionValues } from './access-request.ts';

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** One tag of a list, however its service spells the members. */
const pairOf = (tag: unknown): readonly (readonly [string, string])[] => {
  if (!isJsonObject(tag)) return [];
  const key = text(tag['Key'] ?? tag['key'] ?? tag['TagKey']);
  return key === undefined ? [] : [[key, text(tag['Value'] ?? tag['value'] ?? tag['TagValue']) ?? '']];
};

const pairsOf = (tags: unknown): readonly (readonly [string, string])[] => {
  if (Array.isArray(tags)) return tags.flatMap(pairOf);
  if (!isJsonObject(tags)) return [];
  return Object.entries(tags).map(([key, value]) => [key, text(value) ?? '']);
};

const keysOf = (keys: unknown): readonly string[] => (Array.isArray(keys) ? keys.map(text).filter((key) => key !== undefined) : []);

/** `aws:RequestTag/<key>` and `aws:TagKeys` of an operation that is given tags or names tags to remove. */
export const requestTags = (input: OperationInput): ConditionValues => {
  const pairs = pairsOf(input['Tags'] ?? input['tags']);
  const keys = [...pairs.map(([key]) => key), ...keysOf(input['TagKeys'] ?? input['tagKeys'])];
  if (keys.length === 0) return {};
  return { ...Object.fromEntries(pairs.map(([key, value]) => [`aws:RequestTag/${key}`, value])), 'aws:TagKeys': keys };
};

/** `aws:ResourceTag/<key>` of a resource. */
export const resourceTags = (tags: Iterable<readonly [string, string]>): ConditionValues =>
  Object.fromEntries([...tags].map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
