import type { Construct } from 'constructs';
import { alarmDefinitions } from '../domain/monitoring/alarms.ts';
import { rotationMetrics } from '../domain/rotation/rotation-metrics.ts';
import { type EventAlarmProps, countEvents, ringForEvents } from './event-alarm.ts';

/** Counts the steps of rotations, and rings where a line has halted. */
export const rotationAlarm = (scope: Construct, props: EventAlarmProps): void => {
  countEvents(scope, props, { metricName: rotationMetrics.started, code: 'rotation.started' });
  countEvents(scope, props, { metricName: rotationMetrics.completed, code: 'rotation.completed' });
  countEvents(scope, props, { metricName: rotationMetrics.withdrawn, code: 'rotation.withdrawn' });
  countEvents(scope, props, { metricName: rotationMetrics.refused, code: 'rotation.refused' });
  ringForEvents(scope, props, 'rotation.halted', alarmDefinitions.rotationHalted);
};
