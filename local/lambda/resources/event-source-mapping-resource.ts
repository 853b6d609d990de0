import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, integerProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::Lambda::EventSourceMapping';

const schema = z.strictObject({
  BatchSize: integerProperty.default(10),
  Enabled: booleanProperty.default(true),
  EventSourceArn: stringProperty,
  FunctionName: stringProperty,
  FunctionResponseTypes: z.array(stringProperty).default([]),
  MaximumBatchingWindowInSeconds: integerProperty.default(0),
  ScalingConfig: z.strictObject({ MaximumConcurrency: integerProperty.optional() }).default({}),
  Tags: tagsProperty.optional(),
});

const created = z.object({ UUID: z.string(), EventSourceMappingArn: z.string() });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html, for SQS queues. */
export const eventSourceMappingResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['EventSourceArn'],
  create: async (properties) => {
    const wanted = parseProperties(type, schema, properties);
    const { UUID, EventSourceMappingArn } = created.parse(await call('CreateEventSourceMapping', wanted));
    return { physicalId: UUID, attributes: { Id: UUID, EventSourceMappingArn } };
  },
  update: async (state, { to }) => {
    await call('UpdateEventSourceMapping', { ...parseProperties(type, schema, to), UUID: state.physicalId });
    return state;
  },
  delete: async (state) => {
    await tolerating(['ResourceNotFoundException'], call('DeleteEventSourceMapping', { UUID: state.physicalId }));
  },
});
