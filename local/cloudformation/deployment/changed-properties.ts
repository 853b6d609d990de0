import { isDeepStrictEqual } from 'node:util';
import type { Properties } from '../resource-provider.ts';

/** Names of the top-level properties whose values differ. */
export const changedProperties = (from: Properties, to: Properties): readonly string[] =>
  [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((name) => !isDeepStrictEqual(from[name], to[name]));

/** Whether one of the changed properties is create-only. A create-only `A/B` concerns the member `B` of `A`. */
export const needsReplacement = (createOnly: readonly string[], from: Properties, to: Properties): boolean =>
  createOnly.some((path) => !isDeepStrictEqual(memberAt(from, path), memberAt(to, path)));

const memberAt = (properties: Properties, path: string): unknown =>
  path
    .split('/')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined),
      properties,
    );
