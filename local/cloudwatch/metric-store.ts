import type { Clock } from '../clock.ts';
import { keyOf, Metric, type MetricIdentity, minuteOf, single } from './metric.ts';
import type { Statistics } from './statistics.ts';

/** Minutes of all metrics together that are remembered; AWS remembers 15 days of each, memory here does not. */
const defaultMaxMinutes = 50_000;

/** Counts one kind of event of a service, at the clock's time. Made once, called often: it is cheap. */
export interface Counter {
  /** Adds one sample; 1 unless another value is given. */
  count(value?: number): void;
}

const unitless = (identity: Omit<MetricIdentity, 'unit'>): string => keyOf({ ...identity, unit: '' });

/** The metrics of one account and region. */
export class MetricStore {
  readonly #clock: Clock;
  readonly #maxMinutes: number;
  /** The metric whose last new minute is longest ago comes first. */
  readonly #metrics = new Map<string, Metric>();
  /** As alarms and statistics ask for them, which may leave the unit open. */
  readonly #byUnitless = new Map<string, Set<Metric>>();
  #minutes = 0;

  constructor(clock: Clock, maxMinutes = defaultMaxMinutes) {
    this.#clock = clock;
    this.#maxMinutes = maxMinutes;
  }

  record(identity: MetricIdentity, timestampMs: number, statistics: Statistics): void {
    this.#record(keyOf(identity), identity, { minute: minuteOf(timestampMs), statistics });
  }

  counter(identity: MetricIdentity): Counter {
    const key = keyOf(identity);
    let metric: Metric | undefined;
    return {
      count: (value = 1) => {
        const minute = minuteOf(this.#clock.now());
        if (metric?.tally(minute, value) === true) return;
        metric = this.#record(key, identity, { minute, statistics: single(value) });
      },
    };
  }

  list(): readonly Metric[] {
    return [...this.#metrics.values()];
  }

  /** Of one name and exactly those dimensions, one for each unit. */
  find(wanted: Omit<MetricIdentity, 'unit'>, unit: string | undefined): readonly Metric[] {
    const ofAnyUnit = [...(this.#byUnitless.get(unitless(wanted)) ?? [])];
    return ofAnyUnit.filter(({ identity }) => unit === undefined || identity.unit === unit);
  }

  #record(key: string, identity: MetricIdentity, sample: { readonly minute: number; readonly statistics: Statistics }): Metric {
    const metric = this.#metrics.get(key) ?? this.#create(identity);
    if (!metric.record(sample.minute, sample.statistics)) return metric;
    this.#metrics.delete(key);
    this.#metrics.set(key, metric);
    this.#minutes += 1;
    while (this.#minutes > this.#maxMinutes) this.#forgetOne();
    return metric;
  }

  #create(identity: MetricIdentity): Metric {
    const metric = new Metric(identity);
    const key = unitless(identity);
    this.#byUnitless.set(key, (this.#byUnitless.get(key) ?? new Set()).add(metric));
    return metric;
  }

  #remove(key: string, metric: Metric): void {
    this.#metrics.delete(key);
    this.#byUnitless.get(unitless(metric.identity))?.delete(metric);
  }

  #forgetOne(): void {
    for (const [key, metric] of this.#metrics) {
      metric.dropOldest();
      this.#minutes -= 1;
      if (metric.size === 0) this.#remove(key, metric);
      return;
    }
  }
}
