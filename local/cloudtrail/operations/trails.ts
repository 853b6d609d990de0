import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudTrailDependencies } from '../cloudtrail-dependencies.ts';
import type { Trail, TrailSettings } from '../trail.ts';
import { tagList } from './trail-tags.ts';

const absent = (what: string) => z.undefined(`The local AWS has no trails with ${what}`).optional();

const nameOrArn = z.string().min(3);

const settingMembers = {
  S3BucketName: z.string().min(3).optional(),
  S3KeyPrefix: z.string().max(200).optional(),
  IncludeGlobalServiceEvents: z.boolean().optional(),
  IsMultiRegionTrail: z.boolean().optional(),
  EnableLogFileValidation: z.boolean().optional(),
  CloudWatchLogsLogGroupArn: absent('a log group'),
  CloudWatchLogsRoleArn: absent('a log group'),
  IsOrganizationTrail: z.literal(false, 'The local AWS has no trails of organizations').optional(),
  KmsKeyId: absent('a key of KMS'),
  SnsTopicName: absent('a topic'),
};

type SettingInput = z.output<z.ZodObject<typeof settingMembers>>;

const merged = (input: SettingInput, known: TrailSettings): TrailSettings => ({
  bucketName: input.S3BucketName ?? known.bucketName,
  keyPrefix: input.S3KeyPrefix ?? known.keyPrefix,
  includesGlobalEvents: input.IncludeGlobalServiceEvents ?? known.includesGlobalEvents,
  isMultiRegion: input.IsMultiRegionTrail ?? known.isMultiRegion,
  validatesFiles: input.EnableLogFileValidation ?? known.validatesFiles,
});

const byDefault = { bucketName: '', keyPrefix: undefined, includesGlobalEvents: true, isMultiRegion: false, validatesFiles: false };

/** CloudTrail User Guide, "Naming requirements for CloudTrail resources, S3 buckets, and KMS keys". */
const requireName = (name: string): void => {
  if (/^[A-Za-z0-9](?:[._-]?[A-Za-z0-9])*$/.test(name) && name.length <= 128 && !/^\d+\.\d+\.\d+\.\d+$/.test(name)) return;
  throw new AwsError('InvalidTrailNameException', `Trail name or ARN can not be ${name}`);
};

const members = ({ name, arn, settings }: Trail): object => ({
  ...{ Name: name, TrailARN: arn, S3BucketName: settings.bucketName },
  ...(settings.keyPrefix === undefined ? {} : { S3KeyPrefix: settings.keyPrefix }),
  ...{ IncludeGlobalServiceEvents: settings.includesGlobalEvents, IsMultiRegionTrail: settings.isMultiRegion },
  ...{ LogFileValidationEnabled: settings.validatesFiles, IsOrganizationTrail: false },
});

const createInput = z.object({ ...settingMembers, Name: nameOrArn, S3BucketName: z.string().min(3), TagsList: tagList.default([]) });

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html; it does not log yet. */
export const createTrail =
  ({ trails, buckets }: CloudTrailDependencies): Operation =>
  (raw) => {
    const { Name, TagsList, ...input } = parseInput(createInput, raw);
    requireName(Name);
    if (input.IsMultiRegionTrail === true && input.IncludeGlobalServiceEvents === false)
      throw new AwsError('InvalidParameterCombinationException', 'A multi-Region trail must include global service events.');
    const settings = merged(input, byDefault);
    if (trails.find(Name) === undefined) buckets.check({ arn: trails.arnOf(Name), settings });
    return members(trails.add(Name, settings, new Map(TagsList.map(({ Key, Value }) => [Key, Value]))));
  };

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html */
export const updateTrail =
  ({ trails, buckets }: CloudTrailDependencies): Operation =>
  (raw) => {
    const { Name, ...input } = parseInput(z.object({ ...settingMembers, Name: nameOrArn }), raw);
    const trail = trails.get(Name);
    const settings = merged(input, trail.settings);
    buckets.check({ arn: trail.arn, settings });
    trail.settings = settings;
    // A chain of digests that is broken off does not go on later.
    if (!settings.validatesFiles) [trail.files, trail.previousDigest] = [[], undefined];
    return members(trail);
  };

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteTrail.html; its files stay. */
export const deleteTrail =
  ({ trails, recorder }: CloudTrailDependencies): Operation =>
  (raw) => {
    const trail = trails.get(parseInput(z.object({ Name: nameOrArn }), raw).Name);
    recorder.stop(trail);
    trails.delete(trail.name);
    return {};
  };

const shown = (region: string, trail: Trail): object => ({
  ...{ ...members(trail), HomeRegion: region, HasInsightSelectors: false },
  HasCustomEventSelectors: trail.selection.readWriteType !== 'All' || trail.selection.excludedSources.length > 0,
});

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html; names of trails that do not exist are left out. */
export const describeTrails =
  ({ account, trails }: CloudTrailDependencies): Operation =>
  (raw) => {
    const { trailNameList } = parseInput(z.object({ trailNameList: z.array(z.string()).default([]) }), raw);
    const wanted = trailNameList.length === 0 ? trails.list() : trailNameList.flatMap((name) => trails.find(name) ?? []);
    return { trailList: wanted.map((trail) => shown(account.region, trail)) };
  };

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrail.html */
export const getTrail =
  ({ account, trails }: CloudTrailDependencies): Operation =>
  (raw) => ({ Trail: shown(account.region, trails.get(parseInput(z.object({ Name: nameOrArn }), raw).Name)) });

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListTrails.html */
export const listTrails =
  ({ account, trails }: CloudTrailDependencies): Operation =>
  () => ({ Trails: trails.list().map(({ name, arn }) => ({ Name: name, TrailARN: arn, HomeRegion: account.region })) });
