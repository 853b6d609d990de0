import type { ReceivedMessage } from './message.ts';

/** A queue as another service of the account reads it, e.g. Lambda's event source mappings. */
export interface QueueReader {
  /** Seconds, or undefined when there is no such queue. */
  visibilityTimeout(queueArn: string): number | undefined;
  /** What is visible now, without waiting; nothing from a queue that is gone. */
  take(queueArn: string, maxCount: number): readonly ReceivedMessage[];
  delete(queueArn: string, receiptHandles: readonly string[]): void;
  /** Calls back whenever there may be messages to take; the answer ends it. */
  onAvailable(queueArn: string, listener: () => void): () => void;
}
