import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { md5, md5OfAttributes } from '../message-digest.ts';
import type { Queue } from '../queue.ts';
import type { QueueRegistry } from '../queue-registry.ts';
import { runBatch } from './batch.ts';

const attribute = z.object({ DataType: z.string(), StringValue: z.string().optional(), BinaryValue: z.string().optional() });

const message = z.object({
  MessageBody: z.string(),
  DelaySeconds: z.int().min(0).max(900).optional(),
  MessageAttributes: z.record(z.string(), attribute).default({}),
});

type Message = z.output<typeof message>;

// XML 1.0 §2.2 is what SQS lets through: tab, line feed, carriage return and everything from the space up.
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

const sizeOf = (wanted: Message): number =>
  Object.entries(wanted.MessageAttributes).reduce(
    (size, [name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      size +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue) +
      Buffer.byteLength(BinaryValue, 'base64'),
    Buffer.byteLength(wanted.MessageBody),
  );

const requireValid = (queue: Queue, wanted: Message): void => {
  const maxBytes = queue.settings.number('MaximumMessageSize');
  if (wanted.MessageBody === '') throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (forbidden.test(wanted.MessageBody))
    throw new AwsError('InvalidMessageContents', 'The message contains characters outside the allowed set.');
  if (sizeOf(wanted) > maxBytes) {
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`,
    );
  }
};

const sendTo = (queue: Queue, wanted: Message, senderId: string): object => {
  requireValid(queue, wanted);
  const { messageId } = queue.send({
    body: wanted.MessageBody,
    attributes: wanted.MessageAttributes,
    delaySeconds: wanted.DelaySeconds,
    senderId,
  });
  const attributesDigest = md5OfAttributes(wanted.MessageAttributes);
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5(wanted.MessageBody),
    ...(attributesDigest === undefined ? {} : { MD5OfMessageAttributes: attributesDigest }),
  };
};

const single = message.extend({ QueueUrl: z.string() });

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export const sendMessage =
  (queues: QueueRegistry): Operation =>
  (members, caller) => {
    const wanted = parseInput(single, members, 'InvalidParameterValue');
    return sendTo(queues.byUrl(wanted.QueueUrl), wanted, caller.accessKeyId);
  };

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
export const sendMessageBatch =
  (queues: QueueRegistry): Operation =>
  (members, caller) =>
    runBatch(queues, members, (queue, entry) => sendTo(queue, parseInput(message, entry, 'InvalidParameterValue'), caller.accessKeyId));
