import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { askForConfirmation } from '../confirmation.ts';
import type { SnsDependencies } from '../sns-dependencies.ts';
import type { Subscription, Topic } from '../topic.ts';

const refusal = 'InvalidParameter';

const subscribeInput = z.object({
  TopicArn: z.string(),
  Protocol: z.enum(['email', 'email-json', 'sqs', 'lambda'], 'Invalid parameter: the local AWS subscribes email, sqs and lambda'),
  Endpoint: z.string().min(1),
  Attributes: z.record(z.string(), z.string()).default({}),
  ReturnSubscriptionArn: z
    .union([z.boolean(), z.enum(['true', 'false'])])
    .default(false)
    .transform((value) => value === true || value === 'true'),
});

const endpoints: Readonly<Record<string, RegExp>> = {
  email: /^[^@\s]+@[^@\s]+$/,
  'email-json': /^[^@\s]+@[^@\s]+$/,
  sqs: /^arn:aws:sqs:[^:]+:\d{12}:[\w-]+$/,
  lambda: /^arn:aws:lambda:[^:]+:\d{12}:function:/,
};

const requireAttributes = (attributes: Readonly<Record<string, string>>): void => {
  const unknown = Object.keys(attributes).find((name) => name !== 'RawMessageDelivery');
  // A filter that is not applied would deliver what AWS would not.
  if (unknown !== undefined)
    throw new AwsError(refusal, `Invalid parameter: Attributes: the local AWS has no subscription attribute ${unknown}.`);
};

/** https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export const subscribe =
  (dependencies: SnsDependencies): Operation =>
  (members) => {
    const { topics } = dependencies;
    const wanted = parseInput(subscribeInput, members, refusal);
    const topic = topics.get(wanted.TopicArn);
    if (endpoints[wanted.Protocol]?.test(wanted.Endpoint) !== true)
      throw new AwsError(refusal, `Invalid parameter: ${wanted.Protocol} endpoint: ${wanted.Endpoint}`);
    requireAttributes(wanted.Attributes);
    const subscription = topics.subscribe(topic, wanted.Protocol, wanted.Endpoint);
    for (const [name, value] of Object.entries(wanted.Attributes)) subscription.attributes.set(name, value);
    if (subscription.isPending) askForConfirmation(dependencies, topic, subscription);
    const showsArn = wanted.ReturnSubscriptionArn || !subscription.isPending;
    return { SubscriptionArn: showsArn ? subscription.arn : 'pending confirmation' };
  };

const byArn = z.object({ SubscriptionArn: z.string() });

/** https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html; succeeds when there is none. */
export const unsubscribe =
  ({ topics }: SnsDependencies): Operation =>
  (members) => {
    const { SubscriptionArn } = parseInput(byArn, members, refusal);
    topics.find(SubscriptionArn.split(':').slice(0, 6).join(':'))?.subscriptions.delete(SubscriptionArn);
    return undefined;
  };

const setInput = byArn.extend({ AttributeName: z.string(), AttributeValue: z.string() });

/** https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
export const setSubscriptionAttributes =
  ({ topics }: SnsDependencies): Operation =>
  (members) => {
    const { SubscriptionArn, AttributeName, AttributeValue } = parseInput(setInput, members, refusal);
    requireAttributes({ [AttributeName]: AttributeValue });
    topics.subscription(SubscriptionArn).subscription.attributes.set(AttributeName, AttributeValue);
    return undefined;
  };

/** https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html */
export const getSubscriptionAttributes =
  ({ account, topics }: SnsDependencies): Operation =>
  (members) => {
    const { topic, subscription } = topics.subscription(parseInput(byArn, members, refusal).SubscriptionArn);
    const attributes = {
      SubscriptionArn: subscription.arn,
      TopicArn: topic.arn,
      Owner: account.accountId,
      Protocol: subscription.protocol,
      Endpoint: subscription.endpoint,
      PendingConfirmation: String(subscription.isPending),
      RawMessageDelivery: 'false',
      ...Object.fromEntries(subscription.attributes),
    };
    return { Attributes: new Map(Object.entries(attributes)) };
  };

const describe = (owner: string, topic: Topic, subscription: Subscription): object => ({
  SubscriptionArn: subscription.isPending ? 'PendingConfirmation' : subscription.arn,
  Owner: owner,
  Protocol: subscription.protocol,
  Endpoint: subscription.endpoint,
  TopicArn: topic.arn,
});

/** https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html; all of them in one page. */
export const listSubscriptionsByTopic =
  ({ account, topics }: SnsDependencies): Operation =>
  (members) => {
    const topic = topics.get(parseInput(z.object({ TopicArn: z.string() }), members, refusal).TopicArn);
    return { Subscriptions: [...topic.subscriptions.values()].map((one) => describe(account.accountId, topic, one)) };
  };

/** https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptions.html; all of them in one page. */
export const listSubscriptions =
  ({ account, topics }: SnsDependencies): Operation =>
  () => ({
    Subscriptions: topics
      .list()
      .flatMap((topic) => [...topic.subscriptions.values()].map((one) => describe(account.accountId, topic, one))),
  });
