import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { groupName } from '../input-schemas.ts';
import type { LogsDependencies } from '../logs-dependencies.ts';
import { requireUsableKey } from '../require-usable-key.ts';

const refusal = 'InvalidParameterException';
const named = z.object({ logGroupName: groupName });

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html; stored. */
export const associateKmsKey =
  (dependencies: LogsDependencies): Operation =>
  (members) => {
    const wanted = parseInput(named.extend({ kmsKeyId: z.string().max(256) }), members, refusal);
    requireUsableKey(dependencies, wanted.kmsKeyId, wanted.logGroupName);
    dependencies.logs.get(wanted.logGroupName).kmsKeyId = wanted.kmsKeyId;
    return undefined;
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DisassociateKmsKey.html */
export const disassociateKmsKey =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    logs.get(parseInput(named, members, refusal).logGroupName).kmsKeyId = undefined;
    return undefined;
  };

const protection = z.object({ logGroupIdentifier: z.string(), deletionProtectionEnabled: z.boolean() });

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogGroupDeletionProtection.html */
export const putLogGroupDeletionProtection =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    const wanted = parseInput(protection, members, refusal);
    logs.get(wanted.logGroupIdentifier).isDeletionProtected = wanted.deletionProtectionEnabled;
    return undefined;
  };

const byArn = z.object({ resourceArn: z.string() });

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html */
export const tagResource =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    const wanted = parseInput(byArn.extend({ tags: z.record(z.string(), z.string()) }), members, refusal);
    const group = logs.get(wanted.resourceArn);
    for (const [name, value] of Object.entries(wanted.tags)) group.tags.set(name, value);
    return undefined;
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagResource.html */
export const untagResource =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    const wanted = parseInput(byArn.extend({ tagKeys: z.array(z.string()) }), members, refusal);
    const group = logs.get(wanted.resourceArn);
    for (const name of wanted.tagKeys) group.tags.delete(name);
    return undefined;
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource =
  ({ logs }: LogsDependencies): Operation =>
  (members) => ({ tags: Object.fromEntries(logs.get(parseInput(byArn, members, refusal).resourceArn).tags) });
