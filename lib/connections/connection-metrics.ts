import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { AuditCode } from '../../domain/audit-event.ts';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import { connectionMetrics } from '../../domain/connection/connection-metrics.ts';
import { alarmDefinitions } from '../../domain/monitoring/alarms.ts';
import type { Foundation } from '../approach-deployment.ts';
import { addAlarm } from '../monitoring/add-alarm.ts';

export interface ConnectionMetricsProps {
  readonly foundation: Pick<Foundation, 'configuration' | 'auditLog' | 'alarmTopic'>;
  readonly approach: string;
}

interface Counted {
  readonly id: string;
  readonly metricName: string;
  readonly code: AuditCode;
  /** What each counts for; one, unless it says so itself. */
  readonly value?: 'leftOut';
}

const counted: readonly Counted[] = [
  { id: 'Granted', metricName: connectionMetrics.granted, code: 'connection.granted' },
  { id: 'Restricted', metricName: connectionMetrics.restricted, code: 'connection.restricted' },
  { id: 'Refused', metricName: connectionMetrics.refused, code: 'connection.refused' },
  // The same metric once more: each of these stands for itself and for those that were left out before it.
  { id: 'LeftOut', metricName: connectionMetrics.refused, code: 'connection.refused', value: 'leftOut' },
];

/** Counts what an authorizer decides by the audit log itself, which costs no connection a request, and says when it refuses many. */
export class ConnectionMetrics extends Construct {
  constructor(scope: Construct, id: string, { foundation, approach }: ConnectionMetricsProps) {
    super(scope, id);
    const { configuration, auditLog, alarmTopic } = foundation;
    const namespace = claimMetrics.namespace(configuration.prefix);
    for (const { id: name, metricName, code, value } of counted) {
      const terms = [`($.auditEvent.code = "${code}")`, `($.auditEvent.approach = "${approach}")`];
      new MetricFilter(this, name, {
        logGroup: auditLog,
        filterPattern: {
          logPatternString: `{ ${[...terms, ...(value === undefined ? [] : ['($.auditEvent.leftOut > 0)'])].join(' && ')} }`,
        },
        metricNamespace: namespace,
        metricName,
        metricValue: value === undefined ? '1' : '$.auditEvent.leftOut',
        dimensions: { [connectionMetrics.dimension]: '$.auditEvent.approach' },
      });
    }
    addAlarm(this, 'Alarm', {
      ...{ configuration, alarmTopic, definition: alarmDefinitions.connectionRefusals, subject: { approach } },
      metric: new Metric({
        namespace,
        metricName: connectionMetrics.refused,
        dimensionsMap: { [connectionMetrics.dimension]: approach },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
    });
  }
}
