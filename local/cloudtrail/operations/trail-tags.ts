import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudTrailDependencies } from '../cloudtrail-dependencies.ts';

export const tagList = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256).default('') })).max(50);

const tagging = z.object({ ResourceId: z.string(), TagsList: tagList });

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AddTags.html */
export const addTags =
  ({ trails }: CloudTrailDependencies): Operation =>
  (raw) => {
    const { ResourceId, TagsList } = parseInput(tagging, raw);
    const { tags } = trails.get(ResourceId);
    for (const { Key, Value } of TagsList) tags.set(Key, Value);
    return {};
  };

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_RemoveTags.html */
export const removeTags =
  ({ trails }: CloudTrailDependencies): Operation =>
  (raw) => {
    const { ResourceId, TagsList } = parseInput(tagging, raw);
    const { tags } = trails.get(ResourceId);
    for (const { Key } of TagsList) tags.delete(Key);
    return {};
  };

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListTags.html */
export const listTags =
  ({ trails }: CloudTrailDependencies): Operation =>
  (raw) => {
    const { ResourceIdList } = parseInput(z.object({ ResourceIdList: z.array(z.string()).min(1).max(20) }), raw);
    const tagsOf = (id: string) => [...trails.get(id).tags].map(([Key, Value]) => ({ Key, Value }));
    return { ResourceTagList: ResourceIdList.map((ResourceId) => ({ ResourceId, TagsList: tagsOf(ResourceId) })) };
  };
