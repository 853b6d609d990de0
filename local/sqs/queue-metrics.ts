import type { Clock, Timer } from '../clock.ts';
import type { MetricStore } from '../cloudwatch/metric-store.ts';
import { statisticsOf } from '../cloudwatch/statistics.ts';
import type { Queue } from './queue.ts';

const minuteMs = 60_000;

/**
 * Tells every minute how many messages are in queues, as long as they are in use (SQS Developer Guide, "Available CloudWatch metrics for
 * Amazon SQS"). AWS tells of an empty queue for six hours more; here once, for time that jumps would tell of nothing else.
 */
export class QueueMetrics {
  readonly #clock: Clock;
  readonly #inUse = new Set<Queue>();
  #metrics: MetricStore | undefined;
  #timer: Timer | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  measureWith(metrics: MetricStore): void {
    this.#metrics = metrics;
  }

  /** From its first message on. */
  watch(queue: Queue): void {
    queue.onAvailable(() => {
      this.#inUse.add(queue);
      this.#wake();
    });
  }

  forget(queue: Queue): void {
    this.#inUse.delete(queue);
  }

  #wake(): void {
    if (this.#timer !== undefined || this.#inUse.size === 0) return;
    const now = this.#clock.now();
    const next = (Math.floor(now / minuteMs) + 1) * minuteMs;
    this.#timer = this.#clock.setTimer(() => {
      this.#timer = undefined;
      for (const queue of this.#inUse) this.#tell(queue, next);
      this.#wake();
    }, next - now);
  }

  #tell(queue: Queue, atMs: number): void {
    const { visible, inFlight, delayed } = queue.counts();
    const values = {
      ApproximateNumberOfMessagesVisible: visible,
      ApproximateNumberOfMessagesNotVisible: inFlight,
      ApproximateNumberOfMessagesDelayed: delayed,
    };
    for (const [metricName, value] of Object.entries(values)) {
      const identity = { namespace: 'AWS/SQS', metricName, dimensions: { QueueName: queue.name }, unit: 'Count' };
      this.#metrics?.record(identity, atMs, statisticsOf(value, 1));
    }
    if (visible + inFlight + delayed === 0) this.#inUse.delete(queue);
  }
}
