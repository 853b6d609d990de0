import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { claimMetrics } from '../domain/claim/claim-metrics.ts';
import { connectionMetrics } from '../domain/connection/connection-metrics.ts';

export interface CloneAlarmProps {
  readonly prefix: string;
  readonly auditLog: ILogGroup;
  readonly alarmTopic: ITopic;
}

/** Counts suspicions by the audit log itself, and rings for each. */
export const cloneAlarm = (scope: Construct, { prefix, auditLog, alarmTopic }: CloneAlarmProps): void => {
  const filter = new MetricFilter(scope, 'Count', {
    logGroup: auditLog,
    filterPattern: { logPatternString: '{ $.auditEvent.code = "device.clone-suspected" }' },
    metricNamespace: claimMetrics.namespace(prefix),
    metricName: connectionMetrics.clonesSuspected,
    metricValue: '1',
  });
  const alarm = new Alarm(scope, 'Alarm', {
    alarmName: `${prefix}-clone-suspected`,
    alarmDescription: 'Two devices seem to use one credential. docs/runbook.md, "A suspected clone"',
    metric: filter.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(alarmTopic));
};
