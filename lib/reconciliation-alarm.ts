import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { AuditCode } from '../domain/audit-event.ts';
import { claimMetrics } from '../domain/claim/claim-metrics.ts';
import { reconciliationMetrics } from '../domain/reconciliation/reconciliation-metrics.ts';

export interface ReconciliationAlarmProps {
  readonly prefix: string;
  readonly auditLog: ILogGroup;
  readonly alarmTopic: ITopic;
}

/** Counts findings and repairs by the audit log itself, and rings where a person must decide. */
export const reconciliationAlarm = (scope: Construct, { prefix, auditLog, alarmTopic }: ReconciliationAlarmProps): void => {
  const count = (metricName: string, code: AuditCode): MetricFilter =>
    new MetricFilter(scope, `Count-${metricName}`, {
      logGroup: auditLog,
      filterPattern: { logPatternString: `{ $.auditEvent.code = "${code}" }` },
      metricNamespace: claimMetrics.namespace(prefix),
      metricName,
      metricValue: '1',
    });
  count(reconciliationMetrics.repaired, 'reconciliation.repaired');
  const alarm = new Alarm(scope, 'Alarm', {
    alarmName: `${prefix}-reconciliation`,
    alarmDescription:
      'The registry and AWS IoT do not say the same, and a person must decide. docs/runbook.md, "A finding of reconciliation"',
    metric: count(reconciliationMetrics.found, 'reconciliation.found').metric({ statistic: 'Sum', period: Duration.minutes(5) }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(alarmTopic));
};
