import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import { deliverAll } from './delivery.ts';
import type { SnsDependencies } from './sns-dependencies.ts';
import type { PublishedMessage, Topic } from './topic.ts';

const maxBytes = 262_144;

/** Stores a message at its topic and sends it on its way; answers its id without waiting for the deliveries. */
export const publishMessage = (
  dependencies: SnsDependencies,
  topic: Topic,
  message: Pick<PublishedMessage, 'body' | 'subject' | 'mail'>,
): string => {
  if (message.body === '') throw new AwsError('InvalidParameter', 'Invalid parameter: Empty message');
  if (Buffer.byteLength(message.body) > maxBytes) throw new AwsError('InvalidParameter', 'Invalid parameter: Message too long');
  if (message.subject !== undefined && !/^[^\p{Cc}]{1,100}$/u.test(message.subject)) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: Subject');
  }
  const published = { ...message, messageId: randomUUID(), publishedAtMs: dependencies.clock.now() };
  topic.messages.push(published);
  void deliverAll(dependencies, topic, published);
  return published.messageId;
};
