import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import {
  booleanProperty,
  integerProperty,
  jsonTextProperty,
  parseProperties,
  stringProperty,
  tagsProperty,
} from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::KMS::Key';

const schema = z.strictObject({
  BypassPolicyLockoutSafetyCheck: booleanProperty.optional(),
  Description: stringProperty.optional(),
  Enabled: booleanProperty.default(true),
  EnableKeyRotation: booleanProperty.default(false),
  KeyPolicy: jsonTextProperty.optional(),
  KeySpec: stringProperty.optional(),
  KeyUsage: stringProperty.optional(),
  MultiRegion: booleanProperty.optional(),
  Origin: stringProperty.optional(),
  PendingWindowInDays: integerProperty.optional(),
  RotationPeriodInDays: integerProperty.optional(),
  Tags: tagsProperty.default([]),
});

const createdKey = z.object({ KeyMetadata: z.object({ KeyId: z.string(), Arn: z.string() }) });

const tagMembers = (tags: z.output<typeof tagsProperty>): readonly object[] =>
  tags.map((tag) => ({ TagKey: tag.Key, TagValue: tag.Value }));

const setSwitches = async (call: CallOperation, keyId: string, wanted: z.output<typeof schema>): Promise<void> => {
  await call(wanted.Enabled ? 'EnableKey' : 'DisableKey', { KeyId: keyId });
  // A disabled key has no rotation to set, and only symmetric keys have one at all.
  const { RotationPeriodInDays } = wanted;
  if (wanted.EnableKeyRotation) await call('EnableKeyRotation', { KeyId: keyId, RotationPeriodInDays });
};

const create = async (call: CallOperation, properties: Properties): Promise<ResourceState> => {
  const wanted = parseProperties(type, schema, properties);
  const created = createdKey.parse(
    await call('CreateKey', {
      BypassPolicyLockoutSafetyCheck: wanted.BypassPolicyLockoutSafetyCheck,
      Description: wanted.Description,
      KeySpec: wanted.KeySpec,
      KeyUsage: wanted.KeyUsage,
      MultiRegion: wanted.MultiRegion,
      Origin: wanted.Origin,
      Policy: wanted.KeyPolicy,
      Tags: tagMembers(wanted.Tags),
    }),
  );
  const { KeyId, Arn } = created.KeyMetadata;
  await setSwitches(call, KeyId, wanted);
  return { physicalId: KeyId, attributes: { Arn, KeyId } };
};

const replaceTags = async (call: CallOperation, keyId: string, change: { from: Properties; to: Properties }): Promise<void> => {
  const before = parseProperties(type, schema, change.from).Tags.map((tag) => tag.Key);
  const after = parseProperties(type, schema, change.to).Tags;
  const dropped = before.filter((name) => after.every((tag) => tag.Key !== name));
  await call('UntagResource', { KeyId: keyId, TagKeys: dropped });
  await call('TagResource', { KeyId: keyId, Tags: tagMembers(after) });
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html */
export const keyResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'],
  create: (properties) => create(call, properties),
  update: async (state, change) => {
    const wanted = parseProperties(type, schema, change.to);
    const KeyId = state.physicalId;
    await call('UpdateKeyDescription', { KeyId, Description: wanted.Description ?? '' });
    if (wanted.KeyPolicy !== undefined) await call('PutKeyPolicy', { KeyId, Policy: wanted.KeyPolicy });
    await setSwitches(call, KeyId, wanted);
    const isRotationDropped = parseProperties(type, schema, change.from).EnableKeyRotation && !wanted.EnableKeyRotation;
    if (isRotationDropped) await call('DisableKeyRotation', { KeyId });
    await replaceTags(call, KeyId, change);
    return state;
  },
  delete: async (state, properties) => {
    const { PendingWindowInDays } = parseProperties(type, schema, properties);
    const deletion = call('ScheduleKeyDeletion', { KeyId: state.physicalId, PendingWindowInDays });
    // Gone, or on its way: both are what was asked for.
    await tolerating(['NotFoundException', 'KMSInvalidStateException'], deletion);
  },
});
