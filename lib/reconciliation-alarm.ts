import type { Construct } from 'constructs';
import { reconciliationMetrics } from '../domain/reconciliation/reconciliation-metrics.ts';
import { type EventAlarmProps, countEvents, ringForEvents } from './event-alarm.ts';

/** Counts findings and repairs, and rings where a person must decide. */
export const reconciliationAlarm = (scope: Construct, props: EventAlarmProps): void => {
  countEvents(scope, props, { metricName: reconciliationMetrics.repaired, code: 'reconciliation.repaired' });
  ringForEvents(scope, props, {
    metricName: reconciliationMetrics.found,
    code: 'reconciliation.found',
    alarmName: 'reconciliation',
    alarmDescription:
      'The registry and AWS IoT do not say the same, and a person must decide. docs/runbook.md, "A finding of reconciliation"',
  });
};
