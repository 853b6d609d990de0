/** What CloudWatch keeps of all values of a metric within one minute. */
export interface Statistics {
  readonly sampleCount: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

export const statisticsOf = (value: number, sampleCount: number): Statistics => ({
  sampleCount,
  sum: value * sampleCount,
  minimum: value,
  maximum: value,
});

export const combined = (a: Statistics, b: Statistics): Statistics => ({
  sampleCount: a.sampleCount + b.sampleCount,
  sum: a.sum + b.sum,
  minimum: Math.min(a.minimum, b.minimum),
  maximum: Math.max(a.maximum, b.maximum),
});

/** The statistics that can be asked for, by their API names. Percentiles would need every value kept, and are not among them. */
export const statisticNames = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;

export type StatisticName = (typeof statisticNames)[number];

export const statisticOf = (statistics: Statistics, name: StatisticName): number => {
  switch (name) {
    case 'SampleCount':
      return statistics.sampleCount;
    case 'Average':
      return statistics.sum / statistics.sampleCount;
    case 'Sum':
      return statistics.sum;
    case 'Minimum':
      return statistics.minimum;
    case 'Maximum':
      return statistics.maximum;
  }
};
