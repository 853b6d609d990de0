import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { booleanProperty, parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::SNS::Subscription';

const schema = z.strictObject({
  Endpoint: stringProperty,
  Protocol: stringProperty,
  RawMessageDelivery: booleanProperty.default(false),
  Region: stringProperty.optional(),
  TopicArn: stringProperty,
});

const created = z.object({ SubscriptionArn: z.string() });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html, without filters. */
export const subscriptionResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['Endpoint', 'Protocol', 'TopicArn'],
  create: async (properties) => {
    const { TopicArn, Protocol, Endpoint, RawMessageDelivery } = parseProperties(type, schema, properties);
    const Attributes = { RawMessageDelivery: String(RawMessageDelivery) };
    const output = await call('Subscribe', { TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true });
    const { SubscriptionArn } = created.parse(output);
    return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
  },
  update: async (state, { to }) => {
    const AttributeValue = String(parseProperties(type, schema, to).RawMessageDelivery);
    await call('SetSubscriptionAttributes', { SubscriptionArn: state.physicalId, AttributeName: 'RawMessageDelivery', AttributeValue });
    return state;
  },
  delete: async (state) => {
    await call('Unsubscribe', { SubscriptionArn: state.physicalId });
  },
});
