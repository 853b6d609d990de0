import type { JsonObject } from '../../json-object.ts';
import { isJsonObject } from '../../json-object.ts';
import { invalidPattern, valueMatcher } from './value-matcher.ts';

/** Whether an event is one of those that a rule is about. */
export type EventPattern = (event: JsonObject) => boolean;

/** The values under a name; of a list of objects those of each. */
const valuesAt = (holder: unknown, name: string): readonly unknown[] => {
  if (Array.isArray(holder)) return holder.flatMap((one) => valuesAt(one, name));
  return isJsonObject(holder) && Object.hasOwn(holder, name) ? [holder[name]] : [];
};

type Matcher = (holder: unknown) => boolean;

const leaf = (name: string, entries: readonly unknown[]): Matcher => {
  if (entries.length === 0) throw invalidPattern('Empty arrays are not allowed');
  const matchers = entries.map(valueMatcher);
  return (holder) => {
    const found = valuesAt(holder, name).flatMap((value): readonly unknown[] => (Array.isArray(value) ? value : [value]));
    const values = found.length === 0 ? [undefined] : found;
    return values.some((value) => matchers.some((matches) => matches(value)));
  };
};

const alternatives = (entries: unknown): Matcher => {
  if (!Array.isArray(entries) || entries.length === 0) throw invalidPattern('$or must be an array of patterns');
  const matchers = entries.map(objectMatcher);
  return (holder) => matchers.some((matches) => matches(holder));
};

const memberMatcher = ([name, wanted]: readonly [string, unknown]): Matcher => {
  if (name === '$or') return alternatives(wanted);
  if (Array.isArray(wanted)) return leaf(name, wanted);
  if (!isJsonObject(wanted)) throw invalidPattern(`"${name}" must be an object or an array`);
  const below = objectMatcher(wanted);
  return (holder) => {
    const values = valuesAt(holder, name);
    return (values.length === 0 ? [undefined] : values).some((value) => below(value));
  };
};

const objectMatcher = (pattern: unknown): Matcher => {
  if (!isJsonObject(pattern)) throw invalidPattern('Filter is not an object');
  const matchers = Object.entries(pattern).map(memberMatcher);
  return (holder) => matchers.every((matches) => matches(holder));
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidPattern('Filter is not valid JSON');
  }
};

/** EventBridge User Guide, "Creating Amazon EventBridge event patterns". @throws AwsError `InvalidEventPatternException` */
export const parseEventPattern = (text: string): EventPattern => {
  const pattern = parsed(text);
  if (isJsonObject(pattern) && Object.keys(pattern).length === 0) throw invalidPattern('Empty patterns are not allowed');
  return objectMatcher(pattern);
};
