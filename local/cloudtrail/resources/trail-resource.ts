import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::CloudTrail::Trail';

const selector = z.strictObject({
  ExcludeManagementEventSources: z.array(stringProperty).optional(),
  IncludeManagementEvents: booleanProperty.optional(),
  ReadWriteType: stringProperty.optional(),
});

const settings = {
  EnableLogFileValidation: booleanProperty.optional(),
  IncludeGlobalServiceEvents: booleanProperty.optional(),
  IsMultiRegionTrail: booleanProperty.optional(),
  S3BucketName: stringProperty,
  S3KeyPrefix: stringProperty.optional(),
};

const schema = z.strictObject({
  ...settings,
  EventSelectors: z.array(selector).optional(),
  IsLogging: booleanProperty,
  Tags: tagsProperty.default([]),
  TrailName: stringProperty.optional(),
});

type Wanted = z.output<typeof schema>;

const settingsOf = (wanted: Wanted) => z.object(settings).parse(wanted);

const settle = async (call: CallOperation, Name: string, { EventSelectors, IsLogging }: Wanted): Promise<void> => {
  if (EventSelectors !== undefined) await call('PutEventSelectors', { TrailName: Name, EventSelectors });
  await call(IsLogging ? 'StartLogging' : 'StopLogging', { Name });
};

const retag = async (call: CallOperation, ResourceId: string, { from, to }: { from: Wanted; to: Wanted }): Promise<void> => {
  if (JSON.stringify(from.Tags) === JSON.stringify(to.Tags)) return;
  await call('RemoveTags', { ResourceId, TagsList: from.Tags });
  await call('AddTags', { ResourceId, TagsList: to.Tags });
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudtrail-trail.html */
export const trailResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['TrailName'],
  create: async (properties, context) => {
    const wanted = parseProperties(type, schema, properties);
    const Name = wanted.TrailName ?? context.generateName(128);
    const { TrailARN } = z
      .object({ TrailARN: z.string() })
      .parse(await call('CreateTrail', { ...settingsOf(wanted), Name, TagsList: wanted.Tags }));
    await settle(call, Name, wanted);
    return { physicalId: Name, attributes: { Arn: TrailARN } };
  },
  update: async (state, change: { readonly from: Properties; readonly to: Properties }) => {
    const [from, to] = [parseProperties(type, schema, change.from), parseProperties(type, schema, change.to)];
    await call('UpdateTrail', { ...settingsOf(to), Name: state.physicalId });
    await retag(call, String(state.attributes['Arn']), { from, to });
    await settle(call, state.physicalId, to);
    return state;
  },
  delete: async ({ physicalId: Name }) => {
    await tolerating(['TrailNotFoundException'], call('DeleteTrail', { Name }));
  },
});
