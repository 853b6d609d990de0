import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { AlarmDependencies } from '../alarms/alarm-dependencies.ts';
import type { AlarmSettings, Comparison } from '../alarms/alarm.ts';
import { comparisons } from '../alarms/alarm.ts';
import { invalidCombination, invalidValue, invalidValueCode } from '../cloudwatch-errors.ts';
import { dimensions, metricName, namespace, periodSeconds, statistic, unit } from '../input-schemas.ts';

const actions = z
  .array(z.string().regex(/^arn:aws:sns:/, 'must be the ARN of a topic: alarms of the local AWS have no other actions'))
  .max(5)
  .default([]);

const isComparison = (text: string): text is Comparison => Object.hasOwn(comparisons, text);

const absent = (what: string) => z.undefined(`is not supported: the local AWS has no ${what}`).optional();

const input = z.object({
  AlarmName: z.string().min(1).max(255),
  AlarmDescription: z.string().max(1024).optional(),
  ActionsEnabled: z.boolean().default(true),
  OKActions: actions,
  AlarmActions: actions,
  InsufficientDataActions: actions,
  Namespace: namespace,
  MetricName: metricName,
  Dimensions: dimensions,
  Statistic: statistic,
  ExtendedStatistic: absent('percentiles'),
  Metrics: absent('metric math'),
  ThresholdMetricId: absent('anomaly detection'),
  EvaluationCriteria: absent('queries in alarms'),
  EvaluationWindow: absent('aligned evaluation windows'),
  EvaluateLowSampleCountPercentile: absent('percentiles'),
  Period: periodSeconds,
  Unit: unit.optional(),
  EvaluationPeriods: z.int().min(1),
  DatapointsToAlarm: z.int().min(1).optional(),
  Threshold: z.number(),
  ComparisonOperator: z.string().refine(isComparison, 'must compare with a threshold'),
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore', 'missing']).optional(),
  Tags: z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).default([]),
});

type Wanted = z.output<typeof input>;

const daySeconds = 86_400;

const check = ({ Period, EvaluationPeriods, DatapointsToAlarm = 1 }: Wanted): void => {
  // A week for periods of an hour or more, a day for shorter ones.
  const longest = Period >= 3600 ? 7 * daySeconds : daySeconds;
  if (Period * EvaluationPeriods > longest)
    throw invalidValue('Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).');
  if (DatapointsToAlarm > EvaluationPeriods)
    throw invalidCombination('The parameter DatapointsToAlarm must be less than or equal to EvaluationPeriods.');
};

const settingsOf = (wanted: Wanted): AlarmSettings => ({
  name: wanted.AlarmName,
  description: wanted.AlarmDescription,
  actionsEnabled: wanted.ActionsEnabled,
  actions: { OK: wanted.OKActions, ALARM: wanted.AlarmActions, INSUFFICIENT_DATA: wanted.InsufficientDataActions },
  namespace: wanted.Namespace,
  metricName: wanted.MetricName,
  dimensions: wanted.Dimensions,
  unit: wanted.Unit,
  statistic: wanted.Statistic,
  periodSeconds: wanted.Period,
  evaluationPeriods: wanted.EvaluationPeriods,
  datapointsToAlarm: wanted.DatapointsToAlarm,
  threshold: wanted.Threshold,
  comparison: wanted.ComparisonOperator,
  missingData: wanted.TreatMissingData,
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html; tags of an alarm that exists stay as they are. */
export const putMetricAlarm =
  ({ clock, alarms, watch }: AlarmDependencies): Operation =>
  (members) => {
    const wanted = parseInput(input, members, invalidValueCode);
    check(wanted);
    const isNew = alarms.find(wanted.AlarmName) === undefined;
    const alarm = alarms.put(settingsOf(wanted), clock.now());
    if (isNew) for (const { Key, Value } of wanted.Tags) alarm.tags.set(Key, Value);
    watch.wake();
    return undefined;
  };
