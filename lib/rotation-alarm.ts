import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { AuditCode } from '../domain/audit-event.ts';
import { claimMetrics } from '../domain/claim/claim-metrics.ts';
import { rotationMetrics } from '../domain/rotation/rotation-metrics.ts';

export interface RotationAlarmProps {
  readonly prefix: string;
  readonly auditLog: ILogGroup;
  readonly alarmTopic: ITopic;
}

/** Counts the steps of rotations by the audit log itself, and rings where a line has halted. */
export const rotationAlarm = (scope: Construct, { prefix, auditLog, alarmTopic }: RotationAlarmProps): void => {
  const count = (metricName: string, code: AuditCode): MetricFilter =>
    new MetricFilter(scope, `Count-${metricName}`, {
      logGroup: auditLog,
      filterPattern: { logPatternString: `{ $.auditEvent.code = "${code}" }` },
      metricNamespace: claimMetrics.namespace(prefix),
      metricName,
      metricValue: '1',
    });
  count(rotationMetrics.started, 'rotation.started');
  count(rotationMetrics.completed, 'rotation.completed');
  count(rotationMetrics.withdrawn, 'rotation.withdrawn');
  count(rotationMetrics.refused, 'rotation.refused');
  const alarm = new Alarm(scope, 'Alarm', {
    alarmName: `${prefix}-rotation-halted`,
    alarmDescription:
      'Too many devices of a line did not get another credential: nobody more is asked. docs/runbook.md, "A rotation that halted"',
    metric: count(rotationMetrics.halted, 'rotation.halted').metric({ statistic: 'Sum', period: Duration.minutes(5) }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(alarmTopic));
};
