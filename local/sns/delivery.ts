import { AwsError } from '../aws-error.ts';
import type { SnsDependencies } from './sns-dependencies.ts';
import type { PublishedMessage, Subscription, Topic } from './topic.ts';

interface Parcel {
  readonly topic: Topic;
  readonly subscription: Subscription;
  readonly message: PublishedMessage;
}

/** A notification as subscribers get it (SNS Developer Guide, "Parsing message formats"); nothing signs it here. */
const envelope = ({ topic, message }: Parcel): Readonly<Record<string, unknown>> => ({
  Type: 'Notification',
  MessageId: message.messageId,
  TopicArn: topic.arn,
  ...(message.subject === undefined ? {} : { Subject: message.subject }),
  Message: message.body,
  Timestamp: new Date(message.publishedAtMs).toISOString(),
});

const toQueue = ({ account, ports }: SnsDependencies, parcel: Parcel): void => {
  const isRaw = parcel.subscription.attributes.get('RawMessageDelivery') === 'true';
  ports.deliverToQueue({
    queueArn: parcel.subscription.endpoint,
    body: isRaw ? parcel.message.body : JSON.stringify(envelope(parcel)),
    principal: 'sns.amazonaws.com',
    sourceArn: parcel.topic.arn,
    sourceAccount: account.accountId,
  });
};

const toFunction = async ({ account, ports }: SnsDependencies, parcel: Parcel): Promise<void> => {
  const record = { EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: parcel.subscription.arn, Sns: envelope(parcel) };
  const result = await ports.invoker.invoke({
    functionArn: parcel.subscription.endpoint,
    payload: { Records: [record] },
    principal: 'sns.amazonaws.com',
    sourceArn: parcel.topic.arn,
    sourceAccount: account.accountId,
  });
  if (result.outcome === 'refused') throw new AwsError(result.code, `${parcel.subscription.endpoint} was not invoked.`);
  if (result.outcome === 'failed') throw new AwsError(result.errorType, result.errorMessage);
};

const toMailbox = ({ outbox, clock }: SnsDependencies, parcel: Parcel): void => {
  const { topic, subscription, message } = parcel;
  if (subscription.isPending) throw new AwsError('PendingConfirmation', 'The address has not confirmed its subscription.');
  const body = subscription.protocol === 'email' ? (message.mail ?? message.body) : JSON.stringify(envelope(parcel));
  const subject = message.subject ?? 'AWS Notification Message';
  outbox.add({ to: subscription.endpoint, subject, body, topicArn: topic.arn, sentAtMs: clock.now() });
};

const carry = async (dependencies: SnsDependencies, parcel: Parcel): Promise<void> => {
  switch (parcel.subscription.protocol) {
    case 'sqs':
      toQueue(dependencies, parcel);
      break;
    case 'lambda':
      await toFunction(dependencies, parcel);
      break;
    case 'email':
    case 'email-json':
      toMailbox(dependencies, parcel);
  }
};

/** Delivers to every subscription, once; what comes of it is recorded at the topic. */
export const deliverAll = async (dependencies: SnsDependencies, topic: Topic, message: PublishedMessage): Promise<void> => {
  const deliver = async (subscription: Subscription): Promise<void> => {
    const delivered = { messageId: message.messageId, endpoint: subscription.endpoint };
    try {
      await carry(dependencies, { topic, subscription, message });
      topic.deliveries.push({ ...delivered, failure: undefined });
    } catch (thrown) {
      topic.deliveries.push({ ...delivered, failure: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  };
  await Promise.all([...topic.subscriptions.values()].map(deliver));
};
