import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { Queue } from '../queue.ts';
import type { QueueRegistry } from '../queue-registry.ts';
import type { QueueAttributes } from '../queue-settings.ts';
import { requireValidAttributes } from '../queue-settings.ts';

const seconds = (ms: number): string => String(Math.floor(ms / 1000));

const attributesOf = (queue: Queue): QueueAttributes => {
  const { visible, inFlight, delayed } = queue.counts();
  return {
    ...queue.settings.all(),
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: seconds(queue.createdAtMs),
    LastModifiedTimestamp: seconds(queue.modifiedAtMs),
  };
};

const getInput = z.object({ QueueUrl: z.string(), AttributeNames: z.array(z.string()).default([]) });

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
export const getQueueAttributes =
  (queues: QueueRegistry): Operation =>
  (members) => {
    const { QueueUrl, AttributeNames } = parseInput(getInput, members);
    const wanted = new Set(AttributeNames);
    const attributes = Object.entries(attributesOf(queues.byUrl(QueueUrl))).filter(([name]) => wanted.has('All') || wanted.has(name));
    return { Attributes: Object.fromEntries(attributes) };
  };

const setInput = z.object({ QueueUrl: z.string(), Attributes: z.record(z.string(), z.string()) });

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export const setQueueAttributes =
  (queues: QueueRegistry): Operation =>
  (members) => {
    const { QueueUrl, Attributes } = parseInput(setInput, members);
    requireValidAttributes(Attributes);
    queues.byUrl(QueueUrl).configure(Attributes);
    return undefined;
  };
