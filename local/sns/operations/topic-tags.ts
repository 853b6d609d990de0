import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { SnsDependencies } from '../sns-dependencies.ts';

const refusal = 'InvalidParameter';
const byArn = z.object({ ResourceArn: z.string() });
const tags = z.array(z.object({ Key: z.string(), Value: z.string() }));

/** https://docs.aws.amazon.com/sns/latest/api/API_TagResource.html */
export const tagResource =
  ({ topics }: SnsDependencies): Operation =>
  (members) => {
    const { ResourceArn, Tags } = parseInput(byArn.extend({ Tags: tags }), members, refusal);
    const topic = topics.get(ResourceArn);
    for (const { Key, Value } of Tags) topic.tags.set(Key, Value);
    return {};
  };

/** https://docs.aws.amazon.com/sns/latest/api/API_UntagResource.html */
export const untagResource =
  ({ topics }: SnsDependencies): Operation =>
  (members) => {
    const { ResourceArn, TagKeys } = parseInput(byArn.extend({ TagKeys: z.array(z.string()) }), members, refusal);
    const topic = topics.get(ResourceArn);
    for (const name of TagKeys) topic.tags.delete(name);
    return {};
  };

/** https://docs.aws.amazon.com/sns/latest/api/API_ListTagsForResource.html */
export const listTagsForResource =
  ({ topics }: SnsDependencies): Operation =>
  (members) => {
    const topic = topics.get(parseInput(byArn, members, refusal).ResourceArn);
    return { Tags: [...topic.tags].map(([Key, Value]) => ({ Key, Value })) };
  };
