import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { EventBridgeDependencies } from '../eventbridge-dependencies.ts';
import { tagList } from './input-schemas.ts';

const byArn = z.object({ ResourceARN: z.string() });

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TagResource.html */
export const tagResource =
  ({ rules }: EventBridgeDependencies): Operation =>
  (members) => {
    const { ResourceARN, Tags } = parseInput(byArn.extend({ Tags: tagList }), members);
    const rule = rules.byArn(ResourceARN);
    for (const { Key, Value } of Tags) rule.tags.set(Key, Value);
    return {};
  };

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UntagResource.html */
export const untagResource =
  ({ rules }: EventBridgeDependencies): Operation =>
  (members) => {
    const { ResourceARN, TagKeys } = parseInput(byArn.extend({ TagKeys: z.array(z.string()) }), members);
    const rule = rules.byArn(ResourceARN);
    for (const name of TagKeys) rule.tags.delete(name);
    return {};
  };

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource =
  ({ rules }: EventBridgeDependencies): Operation =>
  (members) => ({ Tags: [...rules.byArn(parseInput(byArn, members).ResourceARN).tags].map(([Key, Value]) => ({ Key, Value })) });
