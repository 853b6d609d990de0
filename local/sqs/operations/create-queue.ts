import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { Queue } from '../queue.ts';
import type { QueueRegistry } from '../queue-registry.ts';
import type { QueueAttributes } from '../queue-settings.ts';
import { requireValidAttributes } from '../queue-settings.ts';

const input = z.object({
  QueueName: z.string(),
  Attributes: z.record(z.string(), z.string()).default({}),
  tags: z.record(z.string(), z.string()).default({}),
});

const requireValidName = (name: string, attributes: QueueAttributes): void => {
  if (name.endsWith('.fifo') || attributes['FifoQueue'] === 'true') {
    throw new AwsError('UnsupportedOperation', 'The local AWS has standard queues only, no FIFO queues.');
  }
  if (!/^[\w-]{1,80}$/.test(name)) {
    throw new AwsError('InvalidParameterValue', 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
};

const requireSameAttributes = (queue: Queue, attributes: QueueAttributes): void => {
  const existing = queue.settings.all();
  const differing = Object.entries(attributes).find(([name, value]) => existing[name] !== value);
  if (differing === undefined) return;
  throw new AwsError('QueueNameExists', `A queue already exists with the same name and a different value for attribute ${differing[0]}`);
};

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export const createQueue =
  (queues: QueueRegistry): Operation =>
  (members) => {
    const { QueueName, Attributes, tags } = parseInput(input, members, 'InvalidParameterValue');
    requireValidName(QueueName, Attributes);
    requireValidAttributes(Attributes);
    const existing = queues.byName(QueueName);
    if (existing !== undefined) {
      requireSameAttributes(existing, Attributes);
      return { QueueUrl: queues.urlOf(existing) };
    }
    const queue = queues.create(QueueName);
    queue.configure(Attributes);
    for (const [name, value] of Object.entries(tags)) queue.tags.set(name, value);
    return { QueueUrl: queues.urlOf(queue) };
  };
