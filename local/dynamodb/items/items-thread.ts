import { Worker } from 'node:worker_threads';
import type { Account } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import type { OperationInput } from '../../gateway/operation.ts';
import type { ThreadFailure, ThreadReply, ThreadRequest, ThreadStart } from './thread-messages.ts';

// Built into one file, it lies beside that file as JavaScript.
const program = new URL(import.meta.url.endsWith('.ts') ? './thread-main.ts' : './thread-main.js', import.meta.url);

const errorOf = (failure: ThreadFailure): Error => {
  if (failure.kind === 'fault') return new Error(`The thread of DynamoDB's items failed: ${failure.message}`);
  const { code, message, status, members } = failure;
  return new AwsError(code, message, { status, members });
};

/** The store of items, on a thread of its own: reading and writing them is most of what a local AWS computes beside TLS. */
export class ItemsThread {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #waiting = new Map<number, PromiseWithResolvers<object>>();
  #worker: Worker | undefined;
  #count = 0;
  /** Why it answers nobody any more. */
  #end: Error | undefined;

  constructor(account: Account, clock: Clock) {
    this.#account = account;
    this.#clock = clock;
  }

  /** Runs one operation; the first one starts the thread. Rejects with `AwsError`, or with what ended the thread. */
  run(operation: ThreadRequest['operation'], input: OperationInput): Promise<object> {
    if (this.#end !== undefined) return Promise.reject(this.#end);
    const worker = (this.#worker ??= this.#start());
    this.#count += 1;
    const reply = Promise.withResolvers<object>();
    this.#waiting.set(this.#count, reply);
    // Only while somebody waits does the thread keep the process alive.
    worker.ref();
    worker.postMessage({ id: this.#count, operation, input: JSON.stringify(input), nowMs: this.#clock.now() } satisfies ThreadRequest);
    return reply.promise;
  }

  /** Starts the thread ahead of the first request. */
  async warmUp(): Promise<void> {
    await this.run('ListTables', {});
  }

  async stop(): Promise<void> {
    this.#lose(new Error('The thread of the items of DynamoDB was stopped.'));
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(program, { workerData: { account: this.#account } satisfies ThreadStart });
    worker.on('message', (reply: ThreadReply) => {
      this.#settle(reply);
    });
    worker.on('error', (error: Error) => {
      this.#lose(error);
    });
    worker.on('exit', () => {
      this.#lose(new Error('The thread of the items of DynamoDB ended.'));
    });
    return worker;
  }

  #settle(reply: ThreadReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if ('output' in reply) waiting?.resolve(reply.output);
    else waiting?.reject(errorOf(reply.failure));
  }

  #lose(cause: Error): void {
    this.#end ??= cause;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const waiting of lost) waiting.reject(cause);
  }
}
