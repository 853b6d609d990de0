import { randomUUID } from 'node:crypto';
import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Subscription, SubscriptionProtocol, Topic } from './topic.ts';

/** The topics of one account and region. */
export class TopicStore {
  readonly #account: Account;
  readonly #topics = new Map<string, Topic>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** The topic of that name, made if there is none. */
  ensure(name: string): Topic {
    const arn = arnOf(this.#account, 'sns', name);
    const existing = this.#topics.get(arn);
    if (existing !== undefined) return existing;
    const topic: Topic = { name, arn, attributes: new Map(), tags: new Map(), subscriptions: new Map(), messages: [], deliveries: [] };
    this.#topics.set(arn, topic);
    return topic;
  }

  delete(arn: string): void {
    this.#topics.delete(arn);
  }

  list(): readonly Topic[] {
    return [...this.#topics.values()];
  }

  find(arn: string): Topic | undefined {
    return this.#topics.get(arn);
  }

  get(arn: string): Topic {
    const topic = this.#topics.get(arn);
    if (topic === undefined) throw new AwsError('NotFound', 'Topic does not exist', { status: 404 });
    return topic;
  }

  /** The subscription of that endpoint, made if there is none. */
  subscribe(topic: Topic, protocol: SubscriptionProtocol, endpoint: string): Subscription {
    const existing = [...topic.subscriptions.values()].find((one) => one.protocol === protocol && one.endpoint === endpoint);
    if (existing !== undefined) return existing;
    const isPending = protocol === 'email' || protocol === 'email-json';
    const subscription: Subscription = {
      arn: `${topic.arn}:${randomUUID()}`,
      protocol,
      endpoint,
      attributes: new Map<string, string>(),
      isPending,
    };
    topic.subscriptions.set(subscription.arn, subscription);
    return subscription;
  }

  subscription(arn: string): { readonly topic: Topic; readonly subscription: Subscription } {
    const topic = this.#topics.get(arn.split(':').slice(0, 6).join(':'));
    const subscription = topic?.subscriptions.get(arn);
    if (topic === undefined || subscription === undefined) throw new AwsError('NotFound', 'Subscription does not exist', { status: 404 });
    return { topic, subscription };
  }
}
