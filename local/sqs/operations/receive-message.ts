import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { MessageAttributes, ReceivedMessage } from '../message.ts';
import { md5, md5OfAttributes } from '../message-digest.ts';
import type { QueueRegistry } from '../queue-registry.ts';
import { systemAttributes } from '../system-attributes.ts';

const names = z.array(z.string()).default([]);

const input = z.object({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: z.int().min(0).max(43_200).optional(),
  WaitTimeSeconds: z.int().min(0).max(20).optional(),
  AttributeNames: names,
  MessageSystemAttributeNames: names,
  MessageAttributeNames: names,
});

type Wanted = z.output<typeof input>;

const isNamed = (name: string, wanted: readonly string[]): boolean =>
  wanted.some((pattern) => pattern === 'All' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))));

const pick = <Value>(members: Readonly<Record<string, Value>>, wanted: readonly string[]): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(members).filter(([name]) => isNamed(name, wanted)));

const shown = (message: ReceivedMessage, wanted: Wanted): object => {
  const system = pick(systemAttributes(message), [...wanted.AttributeNames, ...wanted.MessageSystemAttributeNames]);
  const own: MessageAttributes = pick(message.attributes, wanted.MessageAttributeNames);
  const ownDigest = md5OfAttributes(own);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(Object.keys(system).length === 0 ? {} : { Attributes: system }),
    ...(ownDigest === undefined ? {} : { MessageAttributes: own, MD5OfMessageAttributes: ownDigest }),
  };
};

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
export const receiveMessage =
  (queues: QueueRegistry): Operation =>
  async (members) => {
    const wanted = parseInput(input, members, 'InvalidParameterValue');
    const queue = queues.byUrl(wanted.QueueUrl);
    const waitSeconds = wanted.WaitTimeSeconds ?? queue.settings.number('ReceiveMessageWaitTimeSeconds');
    const messages = await queue.receive(wanted.MaxNumberOfMessages, wanted.VisibilityTimeout, waitSeconds);
    return messages.length === 0 ? {} : { Messages: messages.map((message) => shown(message, wanted)) };
  };
