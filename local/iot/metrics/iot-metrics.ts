import type { Counter, MetricStore } from '../../cloudwatch/metric-store.ts';

/** Publishes metrics in the namespace `AWS/IoT` (DG:metrics_dimensions). */
export interface IotMetrics {
  /** Adds one sample, of value 1 unless another is given. */
  count(metricName: string, dimensions?: Readonly<Record<string, string>>, value?: number): void;
  /** For what is counted with every message. */
  counter(metricName: string, dimensions: Readonly<Record<string, string>>): Counter;
}

/** Rule and template names come and go; their counters need not stay. */
const maxCounters = 1000;

const nowhere: IotMetrics = { count: () => undefined, counter: () => ({ count: () => undefined }) };

/** Without a store everything is counted for nobody. */
export const createIotMetrics = (store: Pick<MetricStore, 'counter'> | undefined): IotMetrics => {
  if (store === undefined) return nowhere;
  const counters = new Map<string, Counter>();
  const counter: IotMetrics['counter'] = (metricName, dimensions) =>
    store.counter({ namespace: 'AWS/IoT', metricName, dimensions, unit: 'None' });
  return {
    counter,
    count: (metricName, dimensions = {}, value = 1) => {
      const key = JSON.stringify([metricName, dimensions]);
      const known = counters.get(key) ?? counter(metricName, dimensions);
      if (counters.size >= maxCounters) counters.clear();
      counters.set(key, known);
      known.count(value);
    },
  };
};
