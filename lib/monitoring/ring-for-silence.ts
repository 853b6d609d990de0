import { Duration } from 'aws-cdk-lib';
import { MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import type { AlarmDefinition } from '../../domain/monitoring/alarms.ts';
import type { EventAlarmProps } from './ring-for-events.ts';
import { addAlarm } from './add-alarm.ts';

export interface Reports {
  /** The metrics of which a report has one at least. */
  readonly metrics: readonly string[];
  readonly definition: AlarmDefinition;
}

/**
 * Rings where a function has reported nothing for hours. One that does not run cannot say so: the audit log is asked, in which others
 * go on reporting.
 */
export const ringForSilence = (
  scope: Construct,
  { configuration, alarmTopic, auditLog }: EventAlarmProps,
  { metrics, definition }: Reports,
): void => {
  const filter = new MetricFilter(scope, 'Reports', {
    ...{ logGroup: auditLog, metricNamespace: claimMetrics.namespace(configuration.prefix), metricName: definition.metric },
    ...{ metricValue: '1', defaultValue: 0 },
    filterPattern: { logPatternString: `{ ${metrics.map((metric) => `($.${metric} >= 0)`).join(' || ')} }` },
  });
  const metric = filter.metric({ statistic: 'Sum', period: Duration.hours(1) });
  addAlarm(scope, 'Silent', { configuration, alarmTopic, definition, metric });
};
