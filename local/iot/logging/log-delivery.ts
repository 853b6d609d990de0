/** One log event on its way to CloudWatch Logs. */
export interface LoggedEvent {
  readonly timestampMs: number;
  readonly message: string;
}

/** Writes to a log group with a role's permissions; makes the group, and a stream in it, if there is none. Rejects when it may not. */
export interface RoleLogWriter {
  write(destination: { readonly roleArn: string; readonly logGroupName: string }, events: readonly LoggedEvent[]): Promise<void>;
}

/** Entries wait in memory while an earlier batch is written; what does not fit is lost, as AWS loses what is throttled. */
const maxWaiting = 10_000;

/** Events in one request; far below what PutLogEvents takes. */
const maxBatch = 500;

interface Waiting {
  readonly roleArn: string;
  readonly logGroupName: string;
  readonly event: LoggedEvent;
}

/** Told how many entries were lost. */
export type LossListener = (events: number) => void;

/** Brings log entries to CloudWatch Logs in batches, in their order, while nobody waits for it. */
export class LogDelivery {
  readonly #writer: RoleLogWriter;
  readonly #onLoss: LossListener;
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(writer: RoleLogWriter, onLoss: LossListener) {
    this.#writer = writer;
    this.#onLoss = onLoss;
  }

  push(entry: Waiting): void {
    if (this.#waiting.length >= maxWaiting) {
      this.#onLoss(1);
      return;
    }
    this.#waiting.push(entry);
    if (!this.#isWriting) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      await Promise.resolve(); // what is logged in one go travels together
      await this.#writeBatch(this.#takeBatch());
    }
    this.#isWriting = false;
  }

  /** The first entries that go to the same place. */
  #takeBatch(): readonly Waiting[] {
    const [first] = this.#waiting;
    const end = this.#waiting.findIndex(
      ({ roleArn, logGroupName }, index) => index >= maxBatch || roleArn !== first?.roleArn || logGroupName !== first.logGroupName,
    );
    const batch = end === -1 ? this.#waiting : this.#waiting.slice(0, end);
    this.#waiting = end === -1 ? [] : this.#waiting.slice(end);
    return batch;
  }

  /** A role that is gone, or may not write, has nobody to tell: the entries are lost. */
  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    const [first] = batch;
    if (first === undefined) return;
    try {
      await this.#writer.write(
        first,
        batch.map(({ event }) => event),
      );
    } catch {
      // AWS says nothing either.
    }
  }
}
