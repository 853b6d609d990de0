import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { groupName, retentionInDays } from '../input-schemas.ts';
import type { LogGroup } from '../log-group.ts';
import type { LogsDependencies } from '../logs-dependencies.ts';
import { requireUsableKey } from '../require-usable-key.ts';

const refusal = 'InvalidParameterException';
const named = z.object({ logGroupName: groupName });

const createInput = named.extend({
  kmsKeyId: z.string().max(256).optional(),
  tags: z.record(z.string(), z.string()).default({}),
  logGroupClass: z.enum(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY']).default('STANDARD'),
  deletionProtectionEnabled: z.boolean().default(false),
});

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const createLogGroup =
  (dependencies: LogsDependencies): Operation =>
  (members) => {
    const { logs } = dependencies;
    const wanted = parseInput(createInput, members, refusal);
    requireUsableKey(dependencies, wanted.kmsKeyId, wanted.logGroupName);
    const group = logs.create(wanted.logGroupName, wanted.logGroupClass);
    group.kmsKeyId = wanted.kmsKeyId;
    group.isDeletionProtected = wanted.deletionProtectionEnabled;
    for (const [name, value] of Object.entries(wanted.tags)) group.tags.set(name, value);
    return undefined;
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html */
export const deleteLogGroup =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    const group = logs.get(parseInput(named, members, refusal).logGroupName);
    if (group.isDeletionProtected) throw new AwsError('ValidationException', `The log group ${group.name} is protected against deletion.`);
    logs.delete(group);
    return undefined;
  };

const describe = (group: LogGroup): object => ({
  logGroupName: group.name,
  creationTime: group.createdAtMs,
  ...(group.retentionInDays === undefined ? {} : { retentionInDays: group.retentionInDays }),
  metricFilterCount: group.metricFilters.size,
  arn: `${group.arn}:*`,
  logGroupArn: group.arn,
  storedBytes: 0,
  ...(group.kmsKeyId === undefined ? {} : { kmsKeyId: group.kmsKeyId }),
  logGroupClass: group.groupClass,
  deletionProtectionEnabled: group.isDeletionProtected,
});

const describeInput = z.object({ logGroupNamePrefix: z.string().optional(), logGroupNamePattern: z.string().optional() });

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html; all of them in one page. */
export const describeLogGroups =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    const { logGroupNamePrefix = '', logGroupNamePattern = '' } = parseInput(describeInput, members, refusal);
    const found = logs.list().filter(({ name }) => name.startsWith(logGroupNamePrefix) && name.includes(logGroupNamePattern));
    return { logGroups: found.map(describe) };
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const putRetentionPolicy =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    const wanted = parseInput(named.extend({ retentionInDays }), members, refusal);
    logs.get(wanted.logGroupName).retentionInDays = wanted.retentionInDays;
    return undefined;
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html */
export const deleteRetentionPolicy =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    logs.get(parseInput(named, members, refusal).logGroupName).retentionInDays = undefined;
    return undefined;
  };
