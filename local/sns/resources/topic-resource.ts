import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { jsonTextProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::SNS::Topic';

const attributes = z.strictObject({
  DisplayName: stringProperty.optional(),
  KmsMasterKeyId: stringProperty.optional(),
  SignatureVersion: stringProperty.optional(),
  TracingConfig: stringProperty.optional(),
});

const schema = attributes.extend({
  DeliveryStatusLogging: z.array(jsonTextProperty).optional(),
  Subscription: z.array(z.strictObject({ Endpoint: stringProperty, Protocol: stringProperty })).default([]),
  Tags: tagsProperty.default([]),
  TopicName: stringProperty.optional(),
});

type Wanted = z.output<typeof schema>;

const attributesOf = (wanted: Wanted): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(z.object(attributes.shape).parse(wanted)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

const created = z.object({ TopicArn: z.string() });

const change = async (call: CallOperation, TopicArn: string, { from, to }: { from: Properties; to: Properties }): Promise<void> => {
  const before = parseProperties(type, schema, from);
  const after = parseProperties(type, schema, to);
  const dropped = Object.fromEntries(Object.keys(attributesOf(before)).map((name) => [name, '']));
  for (const [AttributeName, AttributeValue] of Object.entries({ ...dropped, ...attributesOf(after) })) {
    await call('SetTopicAttributes', { TopicArn, AttributeName, AttributeValue });
  }
  for (const one of after.Subscription) await call('Subscribe', { TopicArn, ...one });
  await call('UntagResource', { ResourceArn: TopicArn, TagKeys: before.Tags.map((tag) => tag.Key) });
  await call('TagResource', { ResourceArn: TopicArn, Tags: after.Tags });
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html, standard topics. */
export const topicResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['TopicName'],
  create: async (properties, context) => {
    const wanted = parseProperties(type, schema, properties);
    const Name = wanted.TopicName ?? context.generateName(256);
    const { TopicArn } = created.parse(await call('CreateTopic', { Name, Attributes: attributesOf(wanted), Tags: wanted.Tags }));
    for (const one of wanted.Subscription) await call('Subscribe', { TopicArn, ...one });
    return { physicalId: TopicArn, attributes: { TopicArn, TopicName: Name } };
  },
  update: async (state, properties) => {
    await change(call, state.physicalId, properties);
    return state;
  },
  delete: async (state) => {
    await call('DeleteTopic', { TopicArn: state.physicalId });
  },
});
