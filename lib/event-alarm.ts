import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { AuditCode } from '../domain/audit-event.ts';
import { claimMetrics } from '../domain/claim/claim-metrics.ts';

/** Where events are counted, and who is told. */
export interface EventAlarmProps {
  readonly prefix: string;
  readonly auditLog: ILogGroup;
  readonly alarmTopic: ITopic;
}

/** Counts the events of a code by the audit log itself, which costs nobody who makes them a request. */
export const countEvents = (
  scope: Construct,
  { prefix, auditLog }: Pick<EventAlarmProps, 'prefix' | 'auditLog'>,
  { metricName, code }: { readonly metricName: string; readonly code: AuditCode },
): MetricFilter =>
  new MetricFilter(scope, `Count-${metricName}`, {
    logGroup: auditLog,
    filterPattern: { logPatternString: `{ $.auditEvent.code = "${code}" }` },
    metricNamespace: claimMetrics.namespace(prefix),
    metricName,
    metricValue: '1',
  });

interface Ringing {
  readonly metricName: string;
  readonly code: AuditCode;
  /** Below the deployment's prefix. */
  readonly alarmName: string;
  /** What it means, and where the runbook says what to do. */
  readonly alarmDescription: string;
}

/** Rings for each event of a code. */
export const ringForEvents = (scope: Construct, props: EventAlarmProps, { alarmName, alarmDescription, ...counted }: Ringing): void => {
  const alarm = new Alarm(scope, 'Alarm', {
    alarmName: `${props.prefix}-${alarmName}`,
    alarmDescription,
    metric: countEvents(scope, props, counted).metric({ statistic: 'Sum', period: Duration.minutes(5) }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(props.alarmTopic));
};
