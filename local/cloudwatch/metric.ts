import { combined, type Statistics, statisticsOf } from './statistics.ts';

/** What makes two metrics different ones (CloudWatch User Guide, "Metrics concepts"); each unit is kept apart. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly metricName: string;
  /** By name; the order does not count. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** `None` unless said. */
  readonly unit: string;
}

export const minuteMs = 60_000;

export const minuteOf = (timestampMs: number): number => Math.floor(timestampMs / minuteMs);

const sortedDimensions = (dimensions: MetricIdentity['dimensions']): readonly (readonly [string, string])[] =>
  Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));

/** Equal for equal identities. */
export const keyOf = ({ namespace, metricName, dimensions, unit }: MetricIdentity): string =>
  JSON.stringify([namespace, metricName, sortedDimensions(dimensions), unit]);

interface Minute {
  sampleCount: number;
  sum: number;
  minimum: number;
  maximum: number;
}

/** One metric, minute by minute. */
export class Metric {
  readonly identity: MetricIdentity;
  readonly #minutes = new Map<number, Minute>();
  /** Where the last value went: the next one nearly always goes there, too. */
  #latest: { readonly minute: number; readonly statistics: Minute } | undefined;

  constructor(identity: MetricIdentity) {
    this.identity = identity;
  }

  get size(): number {
    return this.#minutes.size;
  }

  /** True when the minute is a new one. */
  record(minute: number, more: Statistics): boolean {
    const present = this.#latest?.minute === minute ? this.#latest.statistics : this.#minutes.get(minute);
    if (present !== undefined) {
      Object.assign(present, combined(present, more));
      return false;
    }
    const statistics: Minute = { ...more };
    this.#minutes.set(minute, statistics);
    this.#latest = { minute, statistics };
    return true;
  }

  /** Counts one event of that value, without making anything; false when the minute is a new one and `record` has to make it. */
  tally(minute: number, value: number): boolean {
    if (this.#latest?.minute !== minute) return false;
    const { statistics } = this.#latest;
    statistics.sampleCount += 1;
    statistics.sum += value;
    if (value < statistics.minimum) statistics.minimum = value;
    if (value > statistics.maximum) statistics.maximum = value;
    return true;
  }

  dropOldest(): void {
    const oldest = this.#minutes.keys().next();
    if (oldest.done === true) return;
    this.#minutes.delete(oldest.value);
    if (this.#latest?.minute === oldest.value) this.#latest = undefined;
  }

  /** The minutes from `from` up to, not including, `to`, in no order. */
  between(from: number, to: number): readonly (readonly [minute: number, statistics: Statistics])[] {
    if (to - from > this.size) return [...this.#minutes].filter(([minute]) => minute >= from && minute < to);
    const found: [number, Statistics][] = [];
    for (let minute = from; minute < to; minute += 1) {
      const statistics = this.#minutes.get(minute);
      if (statistics !== undefined) found.push([minute, statistics]);
    }
    return found;
  }

  /** Whether anything was recorded since that minute. */
  isActiveSince(minute: number): boolean {
    return [...this.#minutes.keys()].some((one) => one >= minute);
  }
}

export const single = (value: number): Statistics => statisticsOf(value, 1);
