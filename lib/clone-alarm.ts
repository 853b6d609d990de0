import type { Construct } from 'constructs';
import { connectionMetrics } from '../domain/connection/connection-metrics.ts';
import { type EventAlarmProps, ringForEvents } from './event-alarm.ts';

/** Rings for each suspicion. */
export const cloneAlarm = (scope: Construct, props: EventAlarmProps): void => {
  ringForEvents(scope, props, {
    metricName: connectionMetrics.clonesSuspected,
    code: 'device.clone-suspected',
    alarmName: 'clone-suspected',
    alarmDescription: 'Two devices seem to use one credential. docs/runbook.md, "A suspected clone"',
  });
};
