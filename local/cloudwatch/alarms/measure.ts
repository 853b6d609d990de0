import { minuteMs } from '../metric.ts';
import type { MetricStore } from '../metric-store.ts';
import { combined, statisticOf, type Statistics } from '../statistics.ts';
import type { MetricSettings } from './alarm.ts';
import { extraPeriods } from './evaluate-alarm.ts';

/** A period's value as the alarm sees it; both undefined where there is no data. */
export interface Measurement {
  readonly startMs: number;
  readonly value: number | undefined;
  readonly sampleCount: number | undefined;
}

/** What an alarm looks at: its periods up to the last whole minute, which slide with it, the newest first. */
export const measure = (metrics: MetricStore, settings: MetricSettings, nowMs: number): readonly Measurement[] => {
  const minutesPerPeriod = settings.periodSeconds / 60;
  const endMinute = Math.floor(nowMs / minuteMs);
  const found = metrics.find(settings, settings.unit);
  return Array.from({ length: settings.evaluationPeriods + extraPeriods }, (_, index) => {
    const to = endMinute - index * minutesPerPeriod;
    const from = to - minutesPerPeriod;
    const samples = found.flatMap((metric) => metric.between(from, to).map(([, statistics]) => statistics));
    const total = samples.reduce<Statistics | undefined>((sum, one) => (sum === undefined ? one : combined(sum, one)), undefined);
    return {
      startMs: from * minuteMs,
      value: total && statisticOf(total, settings.statistic),
      sampleCount: total?.sampleCount,
    };
  });
};
