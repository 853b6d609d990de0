import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import { alarmDefinitions } from '../../domain/monitoring/alarms.ts';
import { rotationMetrics } from '../../domain/rotation/rotation-metrics.ts';
import { type EventAlarmProps, countEvents, ringForEvents } from '../monitoring/ring-for-events.ts';
import { addAlarm } from '../monitoring/add-alarm.ts';

/** Counts the steps of rotations, and rings where a line has halted, or waits for too long. */
export const rotationAlarm = (scope: Construct, props: EventAlarmProps): void => {
  countEvents(scope, props, { metricName: rotationMetrics.started, code: 'rotation.started' });
  countEvents(scope, props, { metricName: rotationMetrics.completed, code: 'rotation.completed' });
  countEvents(scope, props, { metricName: rotationMetrics.withdrawn, code: 'rotation.withdrawn' });
  countEvents(scope, props, { metricName: rotationMetrics.refused, code: 'rotation.refused' });
  ringForEvents(scope, props, { code: 'rotation.halted', definition: alarmDefinitions.rotationHalted });
  const { configuration, alarmTopic } = props;
  const definition = alarmDefinitions.rotationOverdue;
  const namespace = claimMetrics.namespace(configuration.prefix);
  const metric = new Metric({ namespace, metricName: definition.metric, statistic: definition.statistic, period: Duration.minutes(5) });
  addAlarm(scope, 'Overdue', { configuration, alarmTopic, definition, metric });
};
