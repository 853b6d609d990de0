import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { AlarmDependencies } from '../alarms/alarm-dependencies.ts';
import type { Comparison, MetricSettings } from '../alarms/alarm.ts';
import { comparisons } from '../alarms/alarm.ts';
import { invalidCombination, invalidValue, invalidValueCode } from '../cloudwatch-errors.ts';
import { absent, commonAlarmMembers, commonSettingsOf } from './common-alarm-members.ts';
import { dimensions, metricName, namespace, periodSeconds, statistic, unit } from '../input-schemas.ts';

const isComparison = (text: string): text is Comparison => Object.hasOwn(comparisons, text);

const input = z.object({
  ...commonAlarmMembers,
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

const settingsOf = (wanted: Wanted): MetricSettings => ({
  kind: 'metric',
  ...commonSettingsOf(wanted),
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
