import type { OperationTable } from '../gateway/operation.ts';
import { confirmSubscription } from './operations/confirm-subscription.ts';
import { publish } from './operations/publish.ts';
import {
  getSubscriptionAttributes,
  listSubscriptions,
  listSubscriptionsByTopic,
  setSubscriptionAttributes,
  subscribe,
  unsubscribe,
} from './operations/subscriptions.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/topic-tags.ts';
import { createTopic, deleteTopic, getTopicAttributes, listTopics, setTopicAttributes } from './operations/topics.ts';
import type { SnsDependencies } from './sns-dependencies.ts';

/** Every SNS operation that the local AWS has. */
export const snsOperations = (dependencies: SnsDependencies): OperationTable => ({
  ConfirmSubscription: confirmSubscription(dependencies),
  CreateTopic: createTopic(dependencies),
  DeleteTopic: deleteTopic(dependencies),
  GetSubscriptionAttributes: getSubscriptionAttributes(dependencies),
  GetTopicAttributes: getTopicAttributes(dependencies),
  ListSubscriptions: listSubscriptions(dependencies),
  ListSubscriptionsByTopic: listSubscriptionsByTopic(dependencies),
  ListTagsForResource: listTagsForResource(dependencies),
  ListTopics: listTopics(dependencies),
  Publish: publish(dependencies),
  SetSubscriptionAttributes: setSubscriptionAttributes(dependencies),
  SetTopicAttributes: setTopicAttributes(dependencies),
  Subscribe: subscribe(dependencies),
  TagResource: tagResource(dependencies),
  Unsubscribe: unsubscribe(dependencies),
  UntagResource: untagResource(dependencies),
});
