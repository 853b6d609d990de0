import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { QueueRegistry } from '../queue-registry.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_TagQueue.html */
export const tagQueue =
  (queues: QueueRegistry): Operation =>
  (members) => {
    const { QueueUrl, Tags } = parseInput(z.object({ QueueUrl: z.string(), Tags: z.record(z.string(), z.string()) }), members);
    const queue = queues.byUrl(QueueUrl);
    for (const [name, value] of Object.entries(Tags)) queue.tags.set(name, value);
    return undefined;
  };

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_UntagQueue.html */
export const untagQueue =
  (queues: QueueRegistry): Operation =>
  (members) => {
    const { QueueUrl, TagKeys } = parseInput(z.object({ QueueUrl: z.string(), TagKeys: z.array(z.string()) }), members);
    const queue = queues.byUrl(QueueUrl);
    for (const name of TagKeys) queue.tags.delete(name);
    return undefined;
  };

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueueTags.html */
export const listQueueTags =
  (queues: QueueRegistry): Operation =>
  (members) => ({ Tags: Object.fromEntries(queues.byUrl(parseInput(z.object({ QueueUrl: z.string() }), members).QueueUrl).tags) });
