import { createHash } from 'node:crypto';
import type { MessageAttributes, ReceivedMessage } from '../../sqs/message.ts';
import { systemAttributes } from '../../sqs/system-attributes.ts';

const attributesOf = (attributes: MessageAttributes): object =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { stringValue: StringValue, binaryValue: BinaryValue, stringListValues: [], binaryListValues: [], dataType: DataType },
    ]),
  );

/** The event that a function gets for a batch of messages (Lambda Developer Guide, "Using Lambda with Amazon SQS"). */
export const sqsEvent = (messages: readonly ReceivedMessage[], source: { readonly arn: string; readonly region: string }): object => ({
  Records: messages.map((message) => ({
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: attributesOf(message.attributes),
    md5OfBody: createHash('md5').update(message.body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: source.arn,
    awsRegion: source.region,
  })),
});
