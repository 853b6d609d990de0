import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { invalidValue, invalidValueCode } from '../cloudwatch-errors.ts';
import { dimensions, metricName, namespace, periodSeconds, statistic, timestamp, unit } from '../input-schemas.ts';
import type { MetricStore } from '../metric-store.ts';
import { readPeriods } from '../read-periods.ts';
import { statisticOf } from '../statistics.ts';

const metricStat = z.object({
  Metric: z.object({ Namespace: namespace, MetricName: metricName, Dimensions: dimensions }),
  Period: periodSeconds,
  Stat: statistic,
  Unit: unit.optional(),
});

const query = z.object({
  Id: z
    .string()
    .max(255)
    .regex(/^[a-z][A-Za-z0-9_]*$/),
  Expression: z.undefined('is not supported: the local AWS has no metric math').optional(),
  MetricStat: metricStat,
  Label: z.string().optional(),
  ReturnData: z.boolean().default(true),
});

type Query = z.output<typeof query>;

const input = z.object({
  MetricDataQueries: z.array(query).min(1).max(500),
  StartTime: timestamp,
  EndTime: timestamp,
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
});

type Request = z.output<typeof input>;

const resultOf = (metrics: MetricStore, { Id, Label, MetricStat: stat }: Query, request: Request): object => {
  const { Namespace, MetricName, Dimensions } = stat.Metric;
  const [metric] = metrics.find({ namespace: Namespace, metricName: MetricName, dimensions: Dimensions }, stat.Unit);
  const range = { startMs: request.StartTime, endMs: request.EndTime, periodSeconds: stat.Period };
  const oldestFirst = metric === undefined ? [] : readPeriods(metric, range);
  const periods = request.ScanBy === 'TimestampAscending' ? oldestFirst : [...oldestFirst].reverse();
  return {
    Id,
    Label: Label ?? MetricName,
    Timestamps: periods.map(({ startMs }) => new Date(startMs)),
    Values: periods.map(({ statistics }) => statisticOf(statistics, stat.Stat)),
    StatusCode: 'Complete',
  };
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html, in one page, without metric math. */
export const getMetricData =
  (metrics: MetricStore): Operation =>
  (members) => {
    const request = parseInput(input, members, invalidValueCode);
    if (request.StartTime >= request.EndTime) throw invalidValue('The parameter StartTime must be less than the parameter EndTime.');
    const ids = request.MetricDataQueries.map(({ Id }) => Id);
    if (new Set(ids).size < ids.length) throw invalidValue('The value of each Id in MetricDataQueries must be unique.');
    const returned = request.MetricDataQueries.filter(({ ReturnData }) => ReturnData);
    return { MetricDataResults: returned.map((one) => resultOf(metrics, one, request)), Messages: [] };
  };
