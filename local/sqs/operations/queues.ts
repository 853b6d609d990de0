import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { QueueRegistry } from '../queue-registry.ts';

const byUrl = z.object({ QueueUrl: z.string() });

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
export const deleteQueue =
  (queues: QueueRegistry): Operation =>
  (members) => {
    queues.remove(queues.byUrl(parseInput(byUrl, members).QueueUrl));
    return undefined;
  };

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html */
export const getQueueUrl =
  (queues: QueueRegistry): Operation =>
  (members) => {
    const queue = queues.byName(parseInput(z.object({ QueueName: z.string() }), members).QueueName);
    if (queue === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return { QueueUrl: queues.urlOf(queue) };
  };

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html; all of them in one page. */
export const listQueues =
  (queues: QueueRegistry): Operation =>
  (members) => {
    const { QueueNamePrefix } = parseInput(z.object({ QueueNamePrefix: z.string().default('') }), members);
    const found = queues.list().filter((queue) => queue.name.startsWith(QueueNamePrefix));
    return { QueueUrls: found.map((queue) => queues.urlOf(queue)) };
  };

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
export const purgeQueue =
  (queues: QueueRegistry): Operation =>
  (members) => {
    queues.byUrl(parseInput(byUrl, members).QueueUrl).purge();
    return undefined;
  };

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html */
export const listDeadLetterSourceQueues =
  (queues: QueueRegistry): Operation =>
  (members) => {
    const target = queues.byUrl(parseInput(byUrl, members).QueueUrl);
    const sources = queues.list().filter((queue) => queue.settings.redrivePolicy()?.deadLetterTargetArn === target.arn);
    return { queueUrls: sources.map((queue) => queues.urlOf(queue)) };
  };
