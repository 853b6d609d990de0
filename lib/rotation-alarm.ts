import type { Construct } from 'constructs';
import { rotationMetrics } from '../domain/rotation/rotation-metrics.ts';
import { type EventAlarmProps, countEvents, ringForEvents } from './event-alarm.ts';

/** Counts the steps of rotations, and rings where a line has halted. */
export const rotationAlarm = (scope: Construct, props: EventAlarmProps): void => {
  countEvents(scope, props, { metricName: rotationMetrics.started, code: 'rotation.started' });
  countEvents(scope, props, { metricName: rotationMetrics.completed, code: 'rotation.completed' });
  countEvents(scope, props, { metricName: rotationMetrics.withdrawn, code: 'rotation.withdrawn' });
  countEvents(scope, props, { metricName: rotationMetrics.refused, code: 'rotation.refused' });
  ringForEvents(scope, props, {
    metricName: rotationMetrics.halted,
    code: 'rotation.halted',
    alarmName: 'rotation-halted',
    alarmDescription:
      'Too many devices of a line did not get another credential: nobody more is asked. docs/runbook.md, "A rotation that halted"',
  });
};
