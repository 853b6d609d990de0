import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { QueueRegistry } from '../queue-registry.ts';
import { runBatch } from './batch.ts';

const receipt = z.object({ ReceiptHandle: z.string() });
const visibility = receipt.extend({ VisibilityTimeout: z.int().min(0).max(43_200) });
const queueUrl = z.object({ QueueUrl: z.string() });

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html */
export const deleteMessage =
  (queues: QueueRegistry): Operation =>
  (members) => {
    const { QueueUrl, ReceiptHandle } = parseInput(receipt.extend(queueUrl.shape), members);
    queues.byUrl(QueueUrl).delete(ReceiptHandle);
    return undefined;
  };

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html */
export const deleteMessageBatch =
  (queues: QueueRegistry): Operation =>
  (members) =>
    runBatch(queues, members, (queue, entry) => {
      queue.delete(parseInput(receipt, entry).ReceiptHandle);
      return {};
    });

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
export const changeMessageVisibility =
  (queues: QueueRegistry): Operation =>
  (members) => {
    const { QueueUrl, ReceiptHandle, VisibilityTimeout } = parseInput(visibility.extend(queueUrl.shape), members, 'InvalidParameterValue');
    queues.byUrl(QueueUrl).changeVisibility(ReceiptHandle, VisibilityTimeout);
    return undefined;
  };

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html */
export const changeMessageVisibilityBatch =
  (queues: QueueRegistry): Operation =>
  (members) =>
    runBatch(queues, members, (queue, entry) => {
      const { ReceiptHandle, VisibilityTimeout } = parseInput(visibility, entry, 'InvalidParameterValue');
      queue.changeVisibility(ReceiptHandle, VisibilityTimeout);
      return {};
    });
