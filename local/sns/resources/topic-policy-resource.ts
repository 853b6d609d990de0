import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { jsonTextProperty, parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::SNS::TopicPolicy';

const schema = z.strictObject({ PolicyDocument: jsonTextProperty, Topics: z.array(stringProperty).min(1) });

const put = (call: CallOperation, TopicArn: string, AttributeValue: string): Promise<object> =>
  call('SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue });

const putOnAll = async (call: CallOperation, properties: Properties): Promise<void> => {
  const { PolicyDocument, Topics } = parseProperties(type, schema, properties);
  for (const topic of Topics) await put(call, topic, PolicyDocument);
};

const takeFrom = async (call: CallOperation, topics: readonly string[]): Promise<void> => {
  for (const topic of topics) await tolerating(['NotFound'], put(call, topic, ''));
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html */
export const topicPolicyResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: [],
  create: async (properties, context) => {
    await putOnAll(call, properties);
    return { physicalId: context.generateName(128), attributes: {} };
  },
  update: async (state, { from, to }) => {
    const kept = new Set(parseProperties(type, schema, to).Topics);
    const dropped = parseProperties(type, schema, from).Topics.filter((topic) => !kept.has(topic));
    await takeFrom(call, dropped);
    await putOnAll(call, to);
    return state;
  },
  delete: async (_state, properties) => takeFrom(call, parseProperties(type, schema, properties).Topics),
});
