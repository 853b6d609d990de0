import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, integerProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::Logs::LogGroup';

const schema = z.strictObject({
  DeletionProtectionEnabled: booleanProperty.default(false),
  KmsKeyId: stringProperty.optional(),
  LogGroupClass: stringProperty.optional(),
  LogGroupName: stringProperty.optional(),
  RetentionInDays: integerProperty.optional(),
  Tags: tagsProperty.default([]),
});

type Wanted = z.output<typeof schema>;

const described = z.object({ logGroups: z.array(z.object({ logGroupName: z.string(), arn: z.string(), logGroupArn: z.string() })) });

const setRetention = async (call: CallOperation, logGroupName: string, days: number | undefined): Promise<void> => {
  if (days === undefined) await call('DeleteRetentionPolicy', { logGroupName });
  else await call('PutRetentionPolicy', { logGroupName, retentionInDays: days });
};

const tagsOf = (wanted: Wanted): Readonly<Record<string, string>> => Object.fromEntries(wanted.Tags.map((tag) => [tag.Key, tag.Value]));

const arnOfGroup = async (call: CallOperation, name: string): Promise<{ readonly arn: string; readonly logGroupArn: string }> => {
  const { logGroups } = described.parse(await call('DescribeLogGroups', { logGroupNamePrefix: name }));
  const found = logGroups.find((group) => group.logGroupName === name);
  return found ?? { arn: '', logGroupArn: '' };
};

const create = async (call: CallOperation, wanted: Wanted, logGroupName: string): Promise<ResourceState> => {
  await call('CreateLogGroup', {
    logGroupName,
    kmsKeyId: wanted.KmsKeyId,
    logGroupClass: wanted.LogGroupClass,
    deletionProtectionEnabled: wanted.DeletionProtectionEnabled,
    tags: tagsOf(wanted),
  });
  await setRetention(call, logGroupName, wanted.RetentionInDays);
  const { arn } = await arnOfGroup(call, logGroupName);
  return { physicalId: logGroupName, attributes: { Arn: arn } };
};

const update = async (call: CallOperation, state: ResourceState, change: { from: Properties; to: Properties }): Promise<ResourceState> => {
  const from = parseProperties(type, schema, change.from);
  const to = parseProperties(type, schema, change.to);
  const logGroupName = state.physicalId;
  await setRetention(call, logGroupName, to.RetentionInDays);
  if (to.KmsKeyId === undefined) await call('DisassociateKmsKey', { logGroupName });
  else await call('AssociateKmsKey', { logGroupName, kmsKeyId: to.KmsKeyId });
  await call('PutLogGroupDeletionProtection', {
    logGroupIdentifier: logGroupName,
    deletionProtectionEnabled: to.DeletionProtectionEnabled,
  });
  const { logGroupArn: resourceArn } = await arnOfGroup(call, logGroupName);
  await call('UntagResource', { resourceArn, tagKeys: Object.keys(tagsOf(from)) });
  await call('TagResource', { resourceArn, tags: tagsOf(to) });
  return state;
};

const live = z.object({
  logGroups: z.array(z.object({ logGroupName: z.string(), retentionInDays: z.number().optional(), kmsKeyId: z.string().optional() })),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
export const logGroupResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['LogGroupName', 'LogGroupClass'],
  create: async (properties, context) => {
    const wanted = parseProperties(type, schema, properties);
    return create(call, wanted, wanted.LogGroupName ?? context.generateName(512));
  },
  update: (state, change) => update(call, state, change),
  read: async ({ physicalId }) => {
    const { logGroups } = live.parse(await call('DescribeLogGroups', { logGroupNamePrefix: physicalId }));
    const group = logGroups.find(({ logGroupName }) => logGroupName === physicalId);
    return group && { RetentionInDays: group.retentionInDays, KmsKeyId: group.kmsKeyId };
  },
  delete: async (state) => {
    await tolerating(['ResourceNotFoundException'], call('DeleteLogGroup', { logGroupName: state.physicalId }));
  },
});
