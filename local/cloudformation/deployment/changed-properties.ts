import { isDeepStrictEqual } from 'node:util';
import type { Properties } from '../resource-provider.ts';

/** What a path like `A/B` leads to. */
export const memberAt = (properties: Properties, path: string): unknown =>
  path
    .split('/')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined),
      properties,
    );

/** Whether one of the changed properties is create-only. A create-only `A/B` concerns the member `B` of `A`. */
export const needsReplacement = (createOnly: readonly string[], from: Properties, to: Properties): boolean =>
  createOnly.some((path) => !isDeepStrictEqual(memberAt(from, path), memberAt(to, path)));
