import type { Account } from '../../account.ts';
import type { Alarm, AlarmSettings, AlarmState, MetricSettings } from './alarm.ts';
import { comparisons } from './alarm.ts';

/** What an action tells: the alarm has gone from one state to another. */
export interface Transition {
  readonly from: AlarmState;
  readonly nowMs: number;
}

// "AWS Regions" of the General Reference, as far as they are named in messages.
const regionNames: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-south-1': 'Asia Pacific (Mumbai)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
  'ca-central-1': 'Canada (Central)',
  'eu-central-1': 'EU (Frankfurt)',
  'eu-north-1': 'EU (Stockholm)',
  'eu-west-1': 'EU (Ireland)',
  'eu-west-2': 'EU (London)',
  'eu-west-3': 'EU (Paris)',
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
};

const regionName = ({ region }: Account): string => regionNames[region] ?? region;

const stamp = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');

const triggerOf = (settings: MetricSettings): object => ({
  MetricName: settings.metricName,
  Namespace: settings.namespace,
  StatisticType: 'Statistic',
  // The API says Sum, the message SUM.
  Statistic: settings.statistic.replace(/(?<=[a-z])(?=[A-Z])/, '_').toUpperCase(),
  Unit: settings.unit ?? null,
  Dimensions: Object.entries(settings.dimensions).map(([name, value]) => ({ value, name })),
  Period: settings.periodSeconds,
  EvaluationPeriods: settings.evaluationPeriods,
  ...(settings.datapointsToAlarm === undefined ? {} : { DatapointsToAlarm: settings.datapointsToAlarm }),
  ComparisonOperator: settings.comparison,
  Threshold: settings.threshold,
  TreatMissingData: settings.missingData ?? 'missing',
  EvaluateLowSampleCountPercentile: '',
});

const causeOf = (settings: AlarmSettings, children: readonly Alarm[]): object => {
  if (settings.kind === 'metric') return { Trigger: triggerOf(settings) };
  const ringing = children.filter(({ current }) => current.state === 'ALARM');
  return {
    AlarmRule: settings.rule,
    TriggeringChildren: ringing.map(({ arn, current, stateChangedAtMs }) => ({
      Arn: arn,
      State: { Value: current.state, Timestamp: stamp(stateChangedAtMs) },
    })),
  };
};

/** The notification that topics get, as JSON; `children` are those of a composite alarm. */
export const alarmMessage = (
  account: Account,
  alarm: Alarm,
  { from, nowMs, children = [] }: Transition & { readonly children?: readonly Alarm[] },
): string => {
  const { settings, current } = alarm;
  return JSON.stringify({
    AlarmName: settings.name,
    AlarmDescription: settings.description ?? null,
    AWSAccountId: account.accountId,
    AlarmConfigurationUpdatedTimestamp: stamp(alarm.configuredAtMs),
    NewStateValue: current.state,
    NewStateReason: current.reason,
    StateChangeTime: stamp(nowMs),
    Region: regionName(account),
    AlarmArn: alarm.arn,
    OldStateValue: from,
    OKActions: settings.actions.OK,
    AlarmActions: settings.actions.ALARM,
    InsufficientDataActions: settings.actions.INSUFFICIENT_DATA,
    ...causeOf(settings, children),
  });
};

export const alarmSubject = (account: Account, { settings, current }: Alarm): string =>
  // SNS takes no longer subject.
  `${current.state}: "${settings.name}" in ${regionName(account)}`.slice(0, 100);

const watched = (settings: AlarmSettings): readonly string[] => {
  if (settings.kind === 'composite') return ['Alarm Rule:', settings.rule];
  return [
    'Threshold:',
    `- The alarm is in the ALARM state when the metric is ${comparisons[settings.comparison].words} ${String(settings.threshold)}.`,
    '',
    'Monitored Metric:',
    `- MetricNamespace:            ${settings.namespace}`,
    `- MetricName:                 ${settings.metricName}`,
    `- Dimensions:                 ${Object.entries(settings.dimensions)
      .map(([name, value]) => `[${name} = ${value}]`)
      .join(' ')}`,
    `- Period:                     ${String(settings.periodSeconds)} seconds`,
    `- Statistic:                  ${settings.statistic}`,
  ];
};

/** What people read in their mail. */
export const alarmMail = (account: Account, alarm: Alarm, { from, nowMs }: Transition): string => {
  const { settings, current } = alarm;
  return [
    `You are receiving this email because your Amazon CloudWatch Alarm "${settings.name}" in the ${regionName(account)} region has entered the ${current.state} state, because "${current.reason}" at "${new Date(nowMs).toUTCString()}".`,
    '',
    'Alarm Details:',
    `- Name:                       ${settings.name}`,
    `- Description:                ${settings.description ?? ''}`,
    `- State Change:               ${from} -> ${current.state}`,
    `- Reason for State Change:    ${current.reason}`,
    `- Timestamp:                  ${new Date(nowMs).toUTCString()}`,
    `- AWS Account:                ${account.accountId}`,
    `- Alarm Arn:                  ${alarm.arn}`,
    '',
    ...watched(settings),
  ].join('\n');
};
