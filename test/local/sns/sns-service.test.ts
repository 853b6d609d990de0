import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import type { Invocation } from '../../../local/lambda/function-invoker.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { createSnsService } from '../../../local/sns/sns-service.ts';
import type { ServiceMessage } from '../../../local/sqs/service-delivery.ts';
import { providerOf, resourceContext } from '../resource-context.ts';
import type { ServiceEndpoint } from '../service-endpoint.ts';
import { serve, testAccount, testStartMs } from '../service-endpoint.ts';

const queued: ServiceMessage[] = [];
const invocations: Invocation[] = [];
const service = createSnsService({
  account: testAccount,
  clock: new ManualClock(testStartMs),
  ports: {
    deliverToQueue: (message) => queued.push(message),
    invoker: {
      invoke: (invocation) => {
        invocations.push(invocation);
        return Promise.resolve({ outcome: 'returned', payload: null });
      },
    },
  },
});
let endpoint: ServiceEndpoint;
let sns: SNSClient;

beforeAll(async () => {
  endpoint = await serve(service.api);
  sns = new SNSClient(endpoint.config);
});

beforeEach(() => {
  queued.length = 0;
  invocations.length = 0;
});

afterAll(async () => {
  sns.destroy();
  await endpoint.stop();
});

let count = 0;
const newTopic = async (): Promise<string> => {
  count += 1;
  return (await sns.send(new CreateTopicCommand({ Name: `topic-${count}` }))).TopicArn ?? '';
};

const queueArn = 'arn:aws:sqs:eu-central-1:123456789012:alarms';
const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:alarm';

describe('a published message', () => {
  test('reaches queues in an envelope, or raw, and functions as an event', async () => {
    const TopicArn = await newTopic();
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn }));
    const raw = { TopicArn, Protocol: 'sqs', Endpoint: `${queueArn}-raw`, Attributes: { RawMessageDelivery: 'true' } };
    await sns.send(new SubscribeCommand(raw));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: functionArn }));
    const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Subject: 'Alarm', Message: 'it & <rings>' }));
    const [enveloped, plain] = queued;
    expect(JSON.parse(enveloped?.body ?? '')).toMatchObject({ Type: 'Notification', MessageId, Subject: 'Alarm', Message: 'it & <rings>' });
    expect(plain).toMatchObject({ body: 'it & <rings>', principal: 'sns.amazonaws.com', sourceArn: TopicArn });
    expect(invocations).toMatchObject([{ functionArn, sourceArn: TopicArn, payload: { Records: [{ EventSource: 'aws:sns' }] } }]);
  });

  test('is kept, and does not reach an address that has not confirmed', async () => {
    const TopicArn = await newTopic();
    const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' }));
    expect(SubscriptionArn).toBe('pending confirmation');
    await sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
    const { messages, deliveries } = service.published(TopicArn);
    expect(messages.map(({ body }) => body)).toEqual(['hello']);
    expect(deliveries).toMatchObject([{ endpoint: 'ops@example.com', failure: 'The address has not confirmed its subscription.' }]);
    const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions?.map((one) => one.SubscriptionArn)).toEqual(['PendingConfirmation']);
  });
});

describe('refusals', () => {
  test('a topic that is not there, an empty message, a bad name', async () => {
    const TopicArn = await newTopic();
    await expect(sns.send(new PublishCommand({ TopicArn: `${TopicArn}-not`, Message: 'a' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
    await expect(sns.send(new PublishCommand({ TopicArn, Message: '' }))).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(sns.send(new CreateTopicCommand({ Name: 'a b' }))).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('subscriptions that would be delivered differently from AWS', async () => {
    const TopicArn = await newTopic();
    const filtered = { TopicArn, Protocol: 'sqs', Endpoint: queueArn, Attributes: { FilterPolicy: '{}' } };
    await expect(sns.send(new SubscribeCommand(filtered))).rejects.toThrow('FilterPolicy');
    await expect(sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sms', Endpoint: '+49' }))).rejects.toThrow('email, sqs and lambda');
  });
});

describe('CloudFormation', () => {
  test('makes a topic with subscriptions and a policy that lets a service publish', async () => {
    const topics = providerOf(service.resources, 'AWS::SNS::Topic');
    const subscriptions = providerOf(service.resources, 'AWS::SNS::Subscription');
    const policies = providerOf(service.resources, 'AWS::SNS::TopicPolicy');
    const first = { DisplayName: 'Alarms', KmsMasterKeyId: 'alias/k', Tags: [{ Key: 'a', Value: '1' }] };
    const topic = await topics.create(first, resourceContext('Alarms'));
    const TopicArn = topic.physicalId;
    const subscription = await subscriptions.create({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' }, resourceContext());
    const attributes = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: subscription.physicalId }));
    expect(attributes.Attributes).toMatchObject({ PendingConfirmation: 'true' });
    const alarm = { topicArn: TopicArn, principal: 'events.amazonaws.com', sourceArn: 'arn:aws:events:x', message: 'ALARM' };
    expect(() => {
      service.publishFromService(alarm);
    }).toThrow('does not allow');
    const Statement = [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: TopicArn }];
    const properties = { PolicyDocument: { Version: '2012-10-17', Statement }, Topics: [TopicArn] };
    const policy = await policies.create(properties, resourceContext());
    service.publishFromService(alarm);
    expect(service.published(TopicArn).messages).toHaveLength(1);
    await policies.delete(policy, properties, resourceContext());
    await topics.update(topic, { from: first, to: { DisplayName: 'Other' } }, resourceContext());
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes).toMatchObject({ DisplayName: 'Other', SubscriptionsPending: '1' });
    expect(Attributes).not.toHaveProperty('KmsMasterKeyId');
    await subscriptions.delete(subscription, {}, resourceContext());
    await topics.delete(topic, {}, resourceContext());
    await topics.delete(topic, {}, resourceContext());
  });
});
