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

const type = 'AWS::SQS::Queue';

const settable = z.strictObject({
  DelaySeconds: integerProperty.optional(),
  KmsDataKeyReusePeriodSeconds: integerProperty.optional(),
  KmsMasterKeyId: stringProperty.optional(),
  MaximumMessageSize: integerProperty.optional(),
  MessageRetentionPeriod: integerProperty.optional(),
  ReceiveMessageWaitTimeSeconds: integerProperty.optional(),
  RedriveAllowPolicy: jsonTextProperty.optional(),
  RedrivePolicy: jsonTextProperty.optional(),
  SqsManagedSseEnabled: booleanProperty.optional(),
  VisibilityTimeout: integerProperty.optional(),
});

const schema = settable.extend({
  FifoQueue: booleanProperty.optional(),
  QueueName: stringProperty.optional(),
  Tags: tagsProperty.default([]),
});

type Wanted = z.output<typeof schema>;

const attributesOf = (wanted: Wanted): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(z.object(settable.shape).parse(wanted)).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

const defaults: Readonly<Record<string, string>> = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
};

/** A property that was taken away goes back to the service's default. */
const changedAttributes = (from: Wanted, to: Wanted): Readonly<Record<string, string>> => {
  const dropped = Object.keys(attributesOf(from)).map((name): readonly [string, string] => [name, defaults[name] ?? '']);
  return { ...Object.fromEntries(dropped), ...attributesOf(to) };
};

const url = z.object({ QueueUrl: z.string() });
const arn = z.object({ Attributes: z.object({ QueueArn: z.string() }) });

const create = async (call: CallOperation, wanted: Wanted, QueueName: string): Promise<ResourceState> => {
  const tags = Object.fromEntries(wanted.Tags.map((tag) => [tag.Key, tag.Value]));
  const fifo = wanted.FifoQueue === true ? { FifoQueue: 'true' } : {};
  const { QueueUrl } = url.parse(await call('CreateQueue', { QueueName, Attributes: { ...attributesOf(wanted), ...fifo }, tags }));
  const { QueueArn } = arn.parse(await call('GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] })).Attributes;
  return { physicalId: QueueUrl, attributes: { Arn: QueueArn, QueueName, QueueUrl } };
};

const update = async (call: CallOperation, state: ResourceState, change: { from: Properties; to: Properties }): Promise<ResourceState> => {
  const from = parseProperties(type, schema, change.from);
  const to = parseProperties(type, schema, change.to);
  const QueueUrl = state.physicalId;
  await call('SetQueueAttributes', { QueueUrl, Attributes: changedAttributes(from, to) });
  await call('UntagQueue', { QueueUrl, TagKeys: from.Tags.map((tag) => tag.Key) });
  await call('TagQueue', { QueueUrl, Tags: Object.fromEntries(to.Tags.map((tag) => [tag.Key, tag.Value])) });
  return state;
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
export const queueResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['QueueName', 'FifoQueue'],
  create: async (properties, context) => {
    const wanted = parseProperties(type, schema, properties);
    return create(call, wanted, wanted.QueueName ?? context.generateName(80));
  },
  update: (state, change) => update(call, state, change),
  delete: async (state) => {
    await tolerating(['QueueDoesNotExist'], call('DeleteQueue', { QueueUrl: state.physicalId }));
  },
});
