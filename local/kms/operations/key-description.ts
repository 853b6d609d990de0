import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { keyReference, tagList } from '../input-schemas.ts';
import { requireNotPendingDeletion } from '../key-access.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html */
export const updateKeyDescription =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const { KeyId, Description } = parseInput(z.object({ KeyId: keyReference, Description: z.string().max(8192) }), members);
    const key = keys.resolve(KeyId);
    requireNotPendingDeletion(key);
    key.description = Description;
    return undefined;
  };

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html */
export const tagResource =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const { KeyId, Tags } = parseInput(z.object({ KeyId: keyReference, Tags: tagList }), members);
    const key = keys.resolve(KeyId);
    requireNotPendingDeletion(key);
    for (const [name, value] of Tags) key.tags.set(name, value);
    return undefined;
  };

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html */
export const untagResource =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const { KeyId, TagKeys } = parseInput(z.object({ KeyId: keyReference, TagKeys: z.array(z.string()) }), members);
    const key = keys.resolve(KeyId);
    requireNotPendingDeletion(key);
    for (const name of TagKeys) key.tags.delete(name);
    return undefined;
  };

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html */
export const listResourceTags =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const { tags } = keys.resolve(parseInput(z.object({ KeyId: keyReference }), members).KeyId);
    return { Tags: [...tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue })), Truncated: false };
  };
