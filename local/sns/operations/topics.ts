import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { SnsDependencies } from '../sns-dependencies.ts';
import type { Topic } from '../topic.ts';
import { defaultTopicPolicy, requireTopicPolicy } from '../topic-policy.ts';

const refusal = 'InvalidParameter';
const byArn = z.object({ TopicArn: z.string() });

/** Attributes that are stored and shown; only `Policy` has an effect here. */
const settable = ['DisplayName', 'KmsMasterKeyId', 'Policy', 'SignatureVersion', 'TracingConfig', 'DeliveryPolicy'];

const set = (topic: Topic, name: string, value: string): void => {
  if (!settable.includes(name))
    throw new AwsError(refusal, `Invalid parameter: AttributeName: the local AWS has no topic attribute ${name}.`);
  if (name === 'Policy' && value !== '') requireTopicPolicy(value);
  if (value === '') topic.attributes.delete(name);
  else topic.attributes.set(name, value);
};

const createInput = z.object({
  Name: z.string().regex(/^[\w-]{1,256}$/, 'Invalid parameter: Topic Name'),
  Attributes: z.record(z.string(), z.string()).default({}),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
});

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html; the same name gives the same topic. */
export const createTopic =
  ({ topics }: SnsDependencies): Operation =>
  (members) => {
    const { Name, Attributes, Tags } = parseInput(createInput, members, refusal);
    const topic = topics.ensure(Name);
    for (const [name, value] of Object.entries(Attributes)) set(topic, name, value);
    for (const { Key, Value } of Tags) topic.tags.set(Key, Value);
    return { TopicArn: topic.arn };
  };

/** https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html; succeeds when there is none. */
export const deleteTopic =
  ({ topics }: SnsDependencies): Operation =>
  (members) => {
    topics.delete(parseInput(byArn, members, refusal).TopicArn);
    return undefined;
  };

/** https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html; all of them in one page. */
export const listTopics =
  ({ topics }: SnsDependencies): Operation =>
  () => ({ Topics: topics.list().map(({ arn }) => ({ TopicArn: arn })) });

/** https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
export const getTopicAttributes =
  ({ account, topics }: SnsDependencies): Operation =>
  (members) => {
    const topic = topics.get(parseInput(byArn, members, refusal).TopicArn);
    const pending = [...topic.subscriptions.values()].filter(({ isPending }) => isPending).length;
    const attributes = {
      TopicArn: topic.arn,
      Owner: account.accountId,
      Policy: defaultTopicPolicy(account, topic),
      DisplayName: '',
      SubscriptionsConfirmed: String(topic.subscriptions.size - pending),
      SubscriptionsPending: String(pending),
      SubscriptionsDeleted: '0',
      ...Object.fromEntries(topic.attributes),
    };
    return { Attributes: new Map(Object.entries(attributes)) };
  };

/** https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
export const setTopicAttributes =
  ({ topics }: SnsDependencies): Operation =>
  (members) => {
    const input = byArn.extend({ AttributeName: z.string(), AttributeValue: z.string().default('') });
    const { TopicArn, AttributeName, AttributeValue } = parseInput(input, members, refusal);
    set(topics.get(TopicArn), AttributeName, AttributeValue);
    return undefined;
  };
