import type { Tag } from '@aws-sdk/client-iot';
import { invalidRequest, limitExceeded } from '../refusals.ts';
import type { ValidInput } from '../valid-input.ts';
import type { IotRegistry } from './registry.ts';

const maximumTags = 50;

/** Adds tags to a resource, replacing those of the same key. */
export const addTags = (registry: IotRegistry, resourceArn: string, tags: readonly ValidInput<Tag>[] = []): void => {
  const reserved = tags.find(({ Key }) => Key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) throw invalidRequest(`Tag key ${reserved.Key} begins with aws:, which is reserved.`);
  const merged = new Map(registry.tags.get(resourceArn));
  for (const { Key, Value } of tags) merged.set(Key, Value ?? '');
  if (merged.size > maximumTags) throw limitExceeded(`A resource has at most ${maximumTags} tags.`);
  if (merged.size > 0) registry.tags.set(resourceArn, merged);
};
