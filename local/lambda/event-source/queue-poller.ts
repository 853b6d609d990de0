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
  /** How often messages were announced while the window is open. */
  #announced = 0;
  #running = 0;
  #isStopped = false;
  #isPolling = false;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#stopListening = options.queues.onAvailable(options.queueArn, () => {
      this.#announced += 1;
      if (this.#mayBeFull()) this.#pollSoon();
    });
    this.#pollSoon();
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopListening();
    this.#window?.cancel();
  }

  /** A batch that waits is only looked at again when what came since may fill it, or when its window ends. */
  #mayBeFull(): boolean {
    return this.#window === undefined || this.#gathered.length + this.#announced >= this.#options.batchSize;
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
    if (!this.#options.isAllowed()) return;
    this.#announced = 0;
    while (!this.#isStopped && this.#running < this.#options.maxConcurrency && this.#takeSome()) {
      // Without a window a batch is what one receive call gave.
      if (this.#isFull || this.#options.windowMs === 0) this.#send();
      else this.#openWindow();
    }
  }

  get #isFull(): boolean {
    return this.#gathered.length >= this.#options.batchSize;
  }

  /** False when there was nothing to take. */
  #takeSome(): boolean {
    const { queues, queueArn, batchSize } = this.#options;
    const taken = queues.take(queueArn, Math.min(10, batchSize - this.#gathered.length));
    this.#gathered.push(...taken);
    return taken.length > 0;
  }

  #openWindow(): void {
    this.#window ??= this.#options.clock.setTimer(() => {
      this.#poll();
      // What came last may have filled it, and may have opened another window.
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
