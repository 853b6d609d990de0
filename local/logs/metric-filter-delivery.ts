import * as z from 'zod';
import type { MetricStore } from '../cloudwatch/metric-store.ts';
import { statisticsOf } from '../cloudwatch/statistics.ts';
import { selectorOf } from './filter/json-comparison.ts';
import { jsonOf } from './filter/json-of.ts';
import type { LogEvent, StoredFilter } from './log-group.ts';
import type { LogListener } from './log-store.ts';

const transformation = z.object({
  metricName: z.string(),
  metricNamespace: z.string(),
  metricValue: z.string(),
  defaultValue: z.number().optional(),
  dimensions: z.record(z.string(), z.string()).default({}),
  unit: z.string().default('None'),
});

type Transformation = z.output<typeof transformation>;

const details = z.object({ metricTransformations: z.array(transformation) });

/** A number as it stands, or what a selector such as `$.latency` finds in a JSON event; undefined when that is no number. */
const valueIn = (event: LogEvent, metricValue: string): number | undefined => {
  const found = metricValue.startsWith('$.') ? selectorOf(metricValue)(jsonOf(event.message)) : metricValue;
  const value = typeof found === 'string' || typeof found === 'number' ? Number(found) : NaN;
  return Number.isFinite(value) ? value : undefined;
};

const dimensionsIn = (event: LogEvent, dimensions: Transformation['dimensions']): Readonly<Record<string, string>> | undefined => {
  const json = jsonOf(event.message);
  const values = Object.entries(dimensions).map(([name, selector]) => [name, selectorOf(selector)(json)] as const);
  const isComplete = values.every(([, value]) => typeof value === 'string' || typeof value === 'number');
  return isComplete ? Object.fromEntries(values.map(([name, value]) => [name, String(value)])) : undefined;
};

const read = new WeakMap<StoredFilter, Transformation | undefined>();

/** What a filter makes, read once: it meets every event. */
const madeBy = (filter: StoredFilter): Transformation | undefined => {
  if (!read.has(filter)) read.set(filter, details.parse(filter.details).metricTransformations[0]);
  return read.get(filter);
};

const applyFilter = (metrics: MetricStore, filter: StoredFilter, events: readonly LogEvent[]): void => {
  const made = madeBy(filter);
  if (made === undefined) return;
  const { metricNamespace: namespace, metricName, unit, defaultValue } = made;
  const record = ({ timestampMs }: LogEvent, value: number | undefined, dimensions: Transformation['dimensions'] | undefined): void => {
    if (value === undefined || dimensions === undefined) return;
    metrics.record({ namespace, metricName, dimensions, unit }, timestampMs, statisticsOf(value, 1));
  };
  let hasMatched = false;
  for (const event of events) {
    if (!filter.matches(event.message)) continue;
    hasMatched = true;
    record(event, valueIn(event, made.metricValue), dimensionsIn(event, made.dimensions));
  }
  const last = events.at(-1);
  if (!hasMatched && last !== undefined) record(last, defaultValue, {});
};

/**
 * Makes metrics of log events (CloudWatch Logs User Guide, "Creating metrics from log events using filters"): the value for
 * each event that matches, the default where events come and none of them does.
 */
export const metricFilterDelivery =
  (metrics: MetricStore): LogListener =>
  (group, _stream, events) => {
    for (const filter of group.metricFilters.values()) applyFilter(metrics, filter, events);
  };
