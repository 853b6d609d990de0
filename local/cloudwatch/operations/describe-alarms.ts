import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { AlarmDependencies } from '../alarms/alarm-dependencies.ts';
import type { Alarm, AlarmSettings } from '../alarms/alarm.ts';
import { invalidCombination, invalidValueCode } from '../cloudwatch-errors.ts';
import { dimensions } from '../input-schemas.ts';
import { keyOf } from '../metric.ts';
import { alarmTypes, typeNames } from './alarm-types.ts';
import { absent } from './common-alarm-members.ts';

const state = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

const input = z.object({
  AlarmNames: z.array(z.string()).max(100).optional(),
  AlarmNamePrefix: z.string().optional(),
  AlarmTypes: alarmTypes,
  ChildrenOfAlarmName: absent('search for the children of an alarm'),
  ParentsOfAlarmName: absent('search for the parents of an alarm'),
  StateValue: state.optional(),
  ActionPrefix: z.string().default(''),
  MaxRecords: z.int().min(1).max(100).default(50),
  NextToken: z.string().optional(),
});

const optional = (members: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

const watched = (settings: AlarmSettings): object => {
  if (settings.kind === 'composite') return { AlarmRule: settings.rule };
  return {
    MetricName: settings.metricName,
    Namespace: settings.namespace,
    Statistic: settings.statistic,
    Dimensions: Object.entries(settings.dimensions).map(([Name, Value]) => ({ Name, Value })),
    Period: settings.periodSeconds,
    EvaluationPeriods: settings.evaluationPeriods,
    Threshold: settings.threshold,
    ComparisonOperator: settings.comparison,
    ...optional({ Unit: settings.unit, DatapointsToAlarm: settings.datapointsToAlarm, TreatMissingData: settings.missingData }),
  };
};

/** An alarm as the API shows it. */
export const describeAlarm = (alarm: Alarm): object => {
  const { settings, current } = alarm;
  return {
    AlarmName: settings.name,
    AlarmArn: alarm.arn,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAtMs),
    ActionsEnabled: settings.actionsEnabled,
    OKActions: settings.actions.OK,
    AlarmActions: settings.actions.ALARM,
    InsufficientDataActions: settings.actions.INSUFFICIENT_DATA,
    StateValue: current.state,
    StateReason: current.reason,
    StateUpdatedTimestamp: new Date(alarm.stateUpdatedAtMs),
    StateTransitionedTimestamp: new Date(alarm.stateChangedAtMs),
    ...watched(settings),
    ...optional({ AlarmDescription: settings.description, StateReasonData: current.reasonData }),
  };
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
export const describeAlarms =
  ({ alarms }: AlarmDependencies): Operation =>
  (members) => {
    const wanted = parseInput(input, members, invalidValueCode);
    const { AlarmNames, AlarmNamePrefix, StateValue, ActionPrefix } = wanted;
    if (AlarmNames !== undefined && AlarmNamePrefix !== undefined)
      throw invalidCombination('AlarmNamePrefix and AlarmNames cannot be specified together.');
    const found = alarms
      .list()
      .filter(
        ({ settings, current }) =>
          wanted.AlarmTypes.includes(typeNames[settings.kind]) &&
          AlarmNames?.includes(settings.name) !== false &&
          settings.name.startsWith(AlarmNamePrefix ?? '') &&
          (StateValue === undefined || current.state === StateValue) &&
          (ActionPrefix === '' || Object.values(settings.actions).some((arns) => arns.some((arn) => arn.startsWith(ActionPrefix)))),
      );
    const start = Number(wanted.NextToken ?? 0) || 0;
    const end = start + wanted.MaxRecords;
    const page = found.slice(start, end);
    const ofKind = (kind: AlarmSettings['kind']) => page.filter(({ settings }) => settings.kind === kind).map(describeAlarm);
    return {
      MetricAlarms: ofKind('metric'),
      CompositeAlarms: ofKind('composite'),
      ...(end < found.length ? { NextToken: String(end) } : {}),
    };
  };

const forMetric = z.object({ MetricName: z.string(), Namespace: z.string(), Dimensions: dimensions, Statistic: z.string().optional() });

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmsForMetric.html */
export const describeAlarmsForMetric =
  ({ alarms }: AlarmDependencies): Operation =>
  (members) => {
    const { MetricName, Namespace, Dimensions, Statistic } = parseInput(forMetric, members, invalidValueCode);
    const key = keyOf({ namespace: Namespace, metricName: MetricName, dimensions: Dimensions, unit: '' });
    const found = alarms
      .list()
      .filter(
        ({ settings }) =>
          settings.kind === 'metric' &&
          keyOf({ ...settings, unit: '' }) === key &&
          (Statistic === undefined || settings.statistic === Statistic),
      );
    return { MetricAlarms: found.map(describeAlarm) };
  };
