import type { Clock, Timer } from '../../clock.ts';
import type { ReceivedMessage } from '../../sqs/message.ts';
import type { QueueReader } from '../../sqs/queue-reader.ts';

export interface PollerOptions {
  readonly clock: Clock;
  readonly queues: QueueReader;
  readonly queueArn: string;
  readonly batchSize: number;
  /** How long a batch may wait to become full. */
  readonly windowMs: number;
  /** Batches at once. */
  readonly maxConcurrency: number;
  /** Whether the function's role lets it read now. */
  readonly isAllowed: () => boolean;
  /** Resolves with the messages to delete; the others come back when their visibility time-out ends. */
  readonly handle: (messages: readonly ReceivedMessage[]) => Promise<readonly ReceivedMessage[]>;
}

/** Reads a queue for a function: gathers batches, hands them over, deletes what is done. */
export class QueuePoller {
  readonly #options: PollerOptions;
  readonly #stopListening: () => void;
  #gathered: ReceivedMessage[] = [];
  #window: Timer | undefined;
  #running = 0;
  #isStopped = false;
  #isPolling = false;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#stopListening = options.queues.onAvailable(options.queueArn, () => {
      this.#pollSoon();
    });
    this.#pollSoon();
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopListening();
    this.#window?.cancel();
  }

  /** Several messages of one turn of the event loop make one batch. */
  #pollSoon(): void {
    if (this.#isPolling || this.#isStopped) return;
    this.#isPolling = true;
    setImmediate(() => {
      this.#isPolling = false;
      this.#poll();
    });
  }

  #poll(): void {
    const { queues, queueArn, batchSize, maxConcurrency, windowMs, isAllowed } = this.#options;
    if (!isAllowed()) return;
    while (!this.#isStopped && this.#running < maxConcurrency) {
      const taken = queues.take(queueArn, Math.min(10, batchSize - this.#gathered.length));
      this.#gathered.push(...taken);
      const isFull = this.#gathered.length >= batchSize;
      if (this.#gathered.length === 0 || (taken.length === 0 && windowMs > 0 && !isFull)) return;
      // Without a window a batch is what one receive call gave.
      if (isFull || windowMs === 0) this.#send();
      else this.#openWindow();
    }
  }

  #openWindow(): void {
    this.#window ??= this.#options.clock.setTimer(() => {
      this.#window = undefined;
      if (this.#gathered.length > 0) this.#send();
    }, this.#options.windowMs);
  }

  #send(): void {
    this.#window?.cancel();
    this.#window = undefined;
    const messages = this.#gathered;
    this.#gathered = [];
    this.#running += 1;
    void this.#finish(messages).finally(() => {
      this.#running -= 1;
      this.#pollSoon();
    });
  }

  async #finish(messages: readonly ReceivedMessage[]): Promise<void> {
    const { queues, queueArn, handle } = this.#options;
    const done = await handle(messages);
    queues.delete(
      queueArn,
      done.map(({ receiptHandle }) => receiptHandle),
    );
  }
}
