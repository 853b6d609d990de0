import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { asAwsError } from '../../gateway/fault.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { Queue } from '../queue.ts';
import type { QueueRegistry } from '../queue-registry.ts';

const entry = z.looseObject({ Id: z.string().regex(/^[\w-]{1,80}$/) });
const input = z.object({ QueueUrl: z.string(), Entries: z.array(entry) });

type Entry = z.output<typeof entry>;

const requireValid = (entries: readonly Entry[]): void => {
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > 10) {
    throw new AwsError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are 10. You have sent ${entries.length}.`);
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
    throw new AwsError('BatchEntryIdsNotDistinct', 'Ids of a batch must differ.');
};

const attempt = (act: () => object, Id: string): { readonly done: object } | { readonly failed: object } => {
  try {
    return { done: { Id, ...act() } };
  } catch (thrown) {
    const { code, message, status } = asAwsError(thrown);
    return { failed: { Id, Code: code, Message: message, SenderFault: status < 500 } };
  }
};

/** Runs each entry of a batch by itself: some may fail while others succeed. */
export const runBatch = (queues: QueueRegistry, members: unknown, act: (queue: Queue, entry: Entry) => object): object => {
  const { QueueUrl, Entries } = parseInput(input, members, 'InvalidBatchEntryId');
  const queue = queues.byUrl(QueueUrl);
  requireValid(Entries);
  const outcomes = Entries.map((one) => attempt(() => act(queue, one), one.Id));
  return {
    Successful: outcomes.flatMap((outcome) => ('done' in outcome ? [outcome.done] : [])),
    Failed: outcomes.flatMap((outcome) => ('failed' in outcome ? [outcome.failed] : [])),
  };
};
