import type { Construct } from 'constructs';
import { alarmDefinitions } from '../../domain/monitoring/alarms.ts';
import { reconciliationMetrics } from '../../domain/reconciliation/reconciliation-metrics.ts';
import { type EventAlarmProps, countEvents, ringForEvents } from '../monitoring/ring-for-events.ts';

/** Counts findings and repairs, and rings where a person must decide. */
export const reconciliationAlarm = (scope: Construct, props: EventAlarmProps): void => {
  countEvents(scope, props, { metricName: reconciliationMetrics.repaired, code: 'reconciliation.repaired' });
  ringForEvents(scope, props, { code: 'reconciliation.found', definition: alarmDefinitions.reconciliation });
};
