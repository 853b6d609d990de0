import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { invalidCombination, invalidValue, invalidValueCode, missingParameter } from '../cloudwatch-errors.ts';
import { dimensions, metricName, namespace, periodSeconds, statistic, timestamp, unit } from '../input-schemas.ts';
import type { MetricStore } from '../metric-store.ts';
import { readPeriods } from '../read-periods.ts';
import { statisticOf } from '../statistics.ts';

const input = z.object({
  Namespace: namespace,
  MetricName: metricName,
  Dimensions: dimensions,
  StartTime: timestamp,
  EndTime: timestamp,
  Period: periodSeconds,
  Statistics: z.array(statistic).min(1).max(5).optional(),
  ExtendedStatistics: z.undefined('is not supported: the local AWS keeps no percentiles').optional(),
  Unit: unit.optional(),
});

/** CloudWatch API Reference, GetMetricStatistics. */
const maxDatapoints = 1440;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html; oldest first, where AWS promises no order. */
export const getMetricStatistics =
  (metrics: MetricStore): Operation =>
  (members) => {
    const wanted = parseInput(input, members, invalidValueCode);
    const { StartTime: startMs, EndTime: endMs, Period, Statistics } = wanted;
    if (Statistics === undefined) throw missingParameter('At least one of the parameters Statistics and ExtendedStatistics is required.');
    if (startMs >= endMs) throw invalidValue('The parameter StartTime must be less than the parameter EndTime.');
    const requested = Math.ceil((endMs - startMs) / 1000 / Period);
    if (requested > maxDatapoints) {
      throw invalidCombination(
        `You have requested up to ${requested} datapoints, which exceeds the limit of ${maxDatapoints}. Reduce the time range or enlarge Period.`,
      );
    }
    const identity = { namespace: wanted.Namespace, metricName: wanted.MetricName, dimensions: wanted.Dimensions };
    const datapoints = metrics.find(identity, wanted.Unit).flatMap((metric) =>
      readPeriods(metric, { startMs, endMs, periodSeconds: Period }).map((period) => ({
        Timestamp: new Date(period.startMs),
        Unit: metric.identity.unit,
        ...Object.fromEntries(Statistics.map((name) => [name, statisticOf(period.statistics, name)])),
      })),
    );
    return { Label: wanted.MetricName, Datapoints: datapoints };
  };
