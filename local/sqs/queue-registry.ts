import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import { Queue } from './queue.ts';
import type { QueueMetrics } from './queue-metrics.ts';

/** A name is not free again before that (SQS API Reference, DeleteQueue). */
const nameReuseMs = 60_000;

/** The queues of one account and region, found by name, URL or ARN. */
export class QueueRegistry {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #endpoint: () => string;
  readonly #metrics: QueueMetrics;
  readonly #queues = new Map<string, Queue>();
  readonly #deletedAtMs = new Map<string, number>();

  /** `endpoint`: the base of queue URLs, e.g. `http://127.0.0.1:4566`. */
  constructor(account: Account, clock: Clock, { endpoint, metrics }: { readonly endpoint: () => string; readonly metrics: QueueMetrics }) {
    this.#account = account;
    this.#clock = clock;
    this.#endpoint = endpoint;
    this.#metrics = metrics;
  }

  create(name: string): Queue {
    const deletedAtMs = this.#deletedAtMs.get(name);
    if (deletedAtMs !== undefined && this.#clock.now() < deletedAtMs + nameReuseMs) {
      throw new AwsError(
        'QueueDeletedRecently',
        'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
      );
    }
    const arn = arnOf(this.#account, 'sqs', name);
    const queue = new Queue({ name, arn }, this.#clock, (targetArn, message) => {
      const target = this.byArn(targetArn);
      target?.accept(message);
      return target !== undefined;
    });
    this.#queues.set(name, queue);
    this.#metrics.watch(queue);
    return queue;
  }

  remove(queue: Queue): void {
    this.#queues.delete(queue.name);
    this.#metrics.forget(queue);
    this.#deletedAtMs.set(queue.name, this.#clock.now());
  }

  list(): readonly Queue[] {
    return [...this.#queues.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  byName(name: string): Queue | undefined {
    return this.#queues.get(name);
  }

  byArn(arn: string): Queue | undefined {
    const queue = this.#queues.get(arn.split(':').at(-1) ?? '');
    return queue?.arn === arn ? queue : undefined;
  }

  /** By its URL, whatever host it names: the last two segments are account and queue. */
  byUrl(url: string): Queue {
    const [accountId, name = ''] = url.split('/').slice(-2);
    const queue = accountId === this.#account.accountId ? this.#queues.get(name) : undefined;
    if (queue === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  urlOf(queue: Queue): string {
    return `${this.#endpoint()}/${this.#account.accountId}/${queue.name}`;
  }
}
