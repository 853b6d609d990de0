import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { invalidCombination, invalidValue, invalidValueCode, missingParameter } from '../cloudwatch-errors.ts';
import { dimensions, metricName, namespace, timestamp, unit } from '../input-schemas.ts';
import type { MetricStore } from '../metric-store.ts';
import { combined, type Statistics, statisticsOf } from '../statistics.ts';

/** "Values must be in the range of -2^360 to 2^360" (CloudWatch API Reference, MetricDatum). */
const value = z
  .number()
  .min(-(2 ** 360))
  .max(2 ** 360);

const statisticSet = z.object({ SampleCount: value, Sum: value, Minimum: value, Maximum: value });

const datum = z.object({
  MetricName: metricName,
  Dimensions: dimensions,
  Timestamp: timestamp.optional(),
  Value: value.optional(),
  StatisticValues: statisticSet.optional(),
  Values: z.array(value).max(150).optional(),
  Counts: z.array(z.number().min(0)).max(150).optional(),
  Unit: unit.default('None'),
  StorageResolution: z.literal([1, 60]).optional(),
});

type Datum = z.output<typeof datum>;

const input = z.object({
  Namespace: namespace,
  MetricData: z.array(datum).max(1000).optional(),
  EntityMetricData: z.undefined('is not supported by the local AWS').optional(),
});

const dayMs = 86_400_000;
const oldestMs = 14 * dayMs;
const newestMs = 2 * 3_600_000;

const statisticsOfValues = (values: readonly number[], counts: readonly number[] | undefined): Statistics => {
  if (counts !== undefined && counts.length !== values.length)
    throw invalidValue('Values and Counts must have the same number of members.');
  return values.map((one, index) => statisticsOf(one, counts?.[index] ?? 1)).reduce(combined);
};

const statisticsIn = ({ MetricName, Value, StatisticValues, Values, Counts }: Datum): Statistics => {
  const given = [Value, StatisticValues, Values].filter((one) => one !== undefined).length;
  if (given > 1) throw invalidCombination(`Of Value, Values and StatisticValues only one may be given for ${MetricName}.`);
  if (Value !== undefined) return statisticsOf(Value, 1);
  if (Values !== undefined && Values.length > 0) return statisticsOfValues(Values, Counts);
  if (StatisticValues === undefined) throw missingParameter(`Value, Values or StatisticValues is required for ${MetricName}.`);
  const { SampleCount, Sum, Minimum, Maximum } = StatisticValues;
  return { sampleCount: SampleCount, sum: Sum, minimum: Minimum, maximum: Maximum };
};

const checkTime = (timestampMs: number, nowMs: number): void => {
  if (timestampMs < nowMs - oldestMs || timestampMs > nowMs + newestMs) {
    throw invalidValue('The Timestamp must be no more than two weeks in the past and no more than two hours in the future.');
  }
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html; all of a request or nothing. */
export const putMetricData =
  (metrics: MetricStore, clock: Clock): Operation =>
  (members) => {
    const { Namespace, MetricData = [] } = parseInput(input, members, invalidValueCode);
    if (Namespace.startsWith('AWS/')) throw invalidValue(`The value AWS/ for parameter Namespace is invalid: ${Namespace} belongs to AWS.`);
    const nowMs = clock.now();
    const samples = MetricData.map((one) => {
      const timestampMs = one.Timestamp ?? nowMs;
      checkTime(timestampMs, nowMs);
      const identity = { namespace: Namespace, metricName: one.MetricName, dimensions: one.Dimensions, unit: one.Unit };
      return { identity, timestampMs, statistics: statisticsIn(one) };
    });
    for (const { identity, timestampMs, statistics } of samples) metrics.record(identity, timestampMs, statistics);
    return undefined;
  };
