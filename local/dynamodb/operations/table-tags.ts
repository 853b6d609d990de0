import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { DynamoDependencies } from '../dynamodb-dependencies.ts';

const tags = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).max(50);

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html */
export const tagResource =
  ({ settings }: DynamoDependencies): Operation =>
  (members) => {
    const { ResourceArn, Tags } = parseInput(z.object({ ResourceArn: z.string(), Tags: tags }), members);
    const table = settings.get(ResourceArn);
    for (const { Key, Value } of Tags) table.tags.set(Key, Value);
    return undefined;
  };

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html */
export const untagResource =
  ({ settings }: DynamoDependencies): Operation =>
  (members) => {
    const { ResourceArn, TagKeys } = parseInput(z.object({ ResourceArn: z.string(), TagKeys: z.array(z.string()) }), members);
    const table = settings.get(ResourceArn);
    for (const name of TagKeys) table.tags.delete(name);
    return undefined;
  };

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html; all of them in one page. */
export const listTagsOfResource =
  ({ settings }: DynamoDependencies): Operation =>
  (members) => {
    const table = settings.get(parseInput(z.object({ ResourceArn: z.string() }), members).ResourceArn);
    return { Tags: [...table.tags].map(([Key, Value]) => ({ Key, Value })) };
  };
