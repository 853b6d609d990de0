import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { AuditCode } from '../domain/audit-event.ts';
import { claimMetrics } from '../domain/claim/claim-metrics.ts';

export interface SuspicionAlarmProps {
  readonly prefix: string;
  readonly auditLog: ILogGroup;
  readonly alarmTopic: ITopic;
}

/** What rings, and what it is called. */
export interface RingingSuspicion {
  readonly code: AuditCode;
  readonly metricName: string;
  /** The part of the alarm's name after the prefix. */
  readonly name: string;
  readonly description: string;
}

/** Counts suspicions by the audit log itself, and rings for each. */
export const suspicionAlarm = (
  scope: Construct,
  { prefix, auditLog, alarmTopic }: SuspicionAlarmProps,
  { code, metricName, name, description }: RingingSuspicion,
): void => {
  const filter = new MetricFilter(scope, 'Count', {
    logGroup: auditLog,
    filterPattern: { logPatternString: `{ $.auditEvent.code = "${code}" }` },
    metricNamespace: claimMetrics.namespace(prefix),
    metricName,
    metricValue: '1',
  });
  const alarm = new Alarm(scope, 'Alarm', {
    alarmName: `${prefix}-${name}`,
    alarmDescription: description,
    metric: filter.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(alarmTopic));
};
