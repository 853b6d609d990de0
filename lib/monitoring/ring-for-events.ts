import { Duration } from 'aws-cdk-lib';
import { type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { AuditCode } from '../../domain/audit-event.ts';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import type { AlarmDefinition } from '../../domain/monitoring/alarms.ts';
import { type AlarmSite, addAlarm } from './add-alarm.ts';

/** Where events are counted, and who is told. */
export type EventAlarmProps = AlarmSite & { readonly auditLog: ILogGroup };

/** Counts the events of a code by the audit log itself, which costs nobody who makes them a request. */
export const countEvents = (
  scope: Construct,
  { configuration, auditLog }: Pick<EventAlarmProps, 'configuration' | 'auditLog'>,
  { metricName, code }: { readonly metricName: string; readonly code: AuditCode },
): MetricFilter =>
  new MetricFilter(scope, `Count-${metricName}`, {
    logGroup: auditLog,
    filterPattern: { logPatternString: `{ $.auditEvent.code = "${code}" }` },
    metricNamespace: claimMetrics.namespace(configuration.prefix),
    metricName,
    metricValue: '1',
  });

/** Rings as the definition says, by how many events of a code there are. */
export const ringForEvents = (
  scope: Construct,
  props: EventAlarmProps,
  { code, definition }: { readonly code: AuditCode; readonly definition: AlarmDefinition },
): void => {
  const { configuration, alarmTopic } = props;
  const filter = countEvents(scope, props, { metricName: definition.metric, code });
  addAlarm(scope, 'Alarm', {
    configuration,
    alarmTopic,
    definition,
    metric: filter.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
  });
};
