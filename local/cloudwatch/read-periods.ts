import type { Metric } from './metric.ts';
import { minuteMs, minuteOf } from './metric.ts';
import { combined, type Statistics } from './statistics.ts';

/** Milliseconds since the epoch; the end is not part of it. */
export interface TimeRange {
  readonly startMs: number;
  readonly endMs: number;
  readonly periodSeconds: number;
}

export interface Period {
  readonly startMs: number;
  readonly statistics: Statistics;
}

/** A metric's periods that have data, oldest first, counted from the start, which is rounded down to its minute (GetMetricStatistics). */
export const readPeriods = (metric: Metric, { startMs, endMs, periodSeconds }: TimeRange): readonly Period[] => {
  const first = minuteOf(startMs);
  const minutesPerPeriod = periodSeconds / 60;
  const periods = new Map<number, Statistics>();
  for (const [minute, statistics] of metric.between(first, Math.ceil(endMs / minuteMs))) {
    const start = first + Math.floor((minute - first) / minutesPerPeriod) * minutesPerPeriod;
    const present = periods.get(start);
    periods.set(start, present === undefined ? statistics : combined(present, statistics));
  }
  return [...periods].sort(([a], [b]) => a - b).map(([start, statistics]) => ({ startMs: start * minuteMs, statistics }));
};
