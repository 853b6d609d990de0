import * as z from 'zod';
import type { ReceivedMessage } from '../../sqs/message.ts';
import type { Outcome } from '../worker/execution-environment.ts';

const failures = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() });

const parsed = (payload: string): unknown => JSON.parse(payload);

/**
 * The messages of a batch that are done and may be deleted. With `ReportBatchItemFailures` the function names those that
 * are not; an answer that cannot be understood, or a name that is not in the batch, fails them all (Lambda Developer
 * Guide, "Success and failure conditions").
 */
export const doneMessages = (
  messages: readonly ReceivedMessage[],
  outcome: Outcome,
  reportsFailures: boolean,
): readonly ReceivedMessage[] => {
  if (outcome.outcome === 'failed') return [];
  if (!reportsFailures) return messages;
  const answer = parsed(outcome.payload);
  if (answer === null) return messages;
  const read = failures.safeParse(answer);
  if (!read.success) return [];
  const failed = new Set((read.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  const known = new Set(messages.map(({ messageId }) => messageId));
  if ([...failed].some((messageId) => !known.has(messageId))) return [];
  return messages.filter(({ messageId }) => !failed.has(messageId));
};
