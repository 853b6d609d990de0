import { randomBytes } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { UnsignedRoute } from '../gateway/account-entrance.ts';
import type { SnsDependencies } from './sns-dependencies.ts';
import type { Subscription, Topic } from './topic.ts';

/** Where links in mails lead; AWS has its console there. */
export const confirmationPrefix = '/_aws/sns/confirm';

// SNS API Reference, Subscribe: "Confirmation tokens are valid for two days."
const tokenLifeMs = 2 * 86_400_000;

/** Asks the owner of a mailbox, once more each time that somebody subscribes the address. */
export const askForConfirmation = ({ clock, outbox, endpoint }: SnsDependencies, topic: Topic, subscription: Subscription): void => {
  const token = randomBytes(128).toString('hex');
  const nowMs = clock.now();
  subscription.confirmation = { token, expiresAtMs: nowMs + tokenLifeMs };
  const query = new URLSearchParams({ TopicArn: topic.arn, Token: token });
  const url = `${endpoint()}${confirmationPrefix}?${query.toString()}`;
  outbox.add({
    to: subscription.endpoint,
    subject: 'AWS Notification - Subscription Confirmation',
    body: `You have chosen to subscribe to the topic:\n${topic.arn}\n\nTo confirm this subscription, visit:\n${url}`,
    ...{ topicArn: topic.arn, sentAtMs: nowMs, confirmation: { token, url } },
  });
};

/** Confirms the subscription that a token was made for. Throws `AwsError` for another token, or one that is too old. */
export const confirmWith = ({ clock, topics }: SnsDependencies, topicArn: string, token: string): Subscription => {
  const subscription = [...topics.get(topicArn).subscriptions.values()].find(({ confirmation }) => confirmation?.token === token);
  if ((subscription?.confirmation?.expiresAtMs ?? 0) <= clock.now() || subscription === undefined)
    throw new AwsError('InvalidParameter', 'Invalid parameter: Token');
  subscription.isPending = false;
  return subscription;
};

const page = (status: number, text: string): Awaited<ReturnType<UnsignedRoute>> => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${text}\n`,
});

/** Answers whoever follows the link in a mail. */
export const confirmationRoute =
  (dependencies: SnsDependencies): UnsignedRoute =>
  ({ query }) => {
    try {
      const { arn } = confirmWith(dependencies, query.get('TopicArn') ?? '', query.get('Token') ?? '');
      return page(200, `Subscription confirmed. Its id is ${arn}`);
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown;
      return page(thrown.status, thrown.message);
    }
  };
