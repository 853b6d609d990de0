import type { StatisticName } from '../statistics.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** CloudWatch API Reference, PutMetricAlarm: how a datapoint compares with the threshold when it breaches. */
export const comparisons = {
  GreaterThanOrEqualToThreshold: { breaches: (value: number, threshold: number) => value >= threshold, words: 'greater than or equal to' },
  GreaterThanThreshold: { breaches: (value: number, threshold: number) => value > threshold, words: 'greater than' },
  LessThanThreshold: { breaches: (value: number, threshold: number) => value < threshold, words: 'less than' },
  LessThanOrEqualToThreshold: { breaches: (value: number, threshold: number) => value <= threshold, words: 'less than or equal to' },
} as const;

export type Comparison = keyof typeof comparisons;

export type MissingData = 'breaching' | 'notBreaching' | 'ignore' | 'missing';

interface CommonSettings {
  readonly name: string;
  readonly description: string | undefined;
  readonly actionsEnabled: boolean;
  /** ARNs of topics by the state that leads to them. */
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
}

/** What PutMetricAlarm said, with defaults filled in where CloudWatch does. */
export interface MetricSettings extends CommonSettings {
  readonly kind: 'metric';
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: string | undefined;
  readonly statistic: StatisticName;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  /** Undefined where nobody said: then as many as periods. */
  readonly datapointsToAlarm: number | undefined;
  readonly threshold: number;
  readonly comparison: Comparison;
  /** Undefined where nobody said. */
  readonly missingData: MissingData | undefined;
}

/** What PutCompositeAlarm said. */
export interface CompositeSettings extends CommonSettings {
  readonly kind: 'composite';
  /** As it was written. */
  readonly rule: string;
}

export type AlarmSettings = MetricSettings | CompositeSettings;

export interface StateChange {
  readonly state: AlarmState;
  readonly reason: string;
  /** JSON. */
  readonly reasonData: string | undefined;
}

export interface HistoryItem {
  readonly timestampMs: number;
  readonly type: 'ConfigurationUpdate' | 'StateUpdate' | 'Action';
  readonly summary: string;
  /** JSON. */
  readonly data: string;
}

export interface Alarm {
  readonly arn: string;
  settings: AlarmSettings;
  configuredAtMs: number;
  current: StateChange;
  /** When the state was last looked at anew by somebody: evaluation with another reason, or SetAlarmState. */
  stateUpdatedAtMs: number;
  stateChangedAtMs: number;
  readonly tags: Map<string, string>;
  /** Oldest first. */
  readonly history: HistoryItem[];
}
