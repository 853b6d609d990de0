import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import { alarmDefinitions } from '../../domain/monitoring/alarms.ts';
import type { ClaimsProps } from './claims-props.ts';
import { addAlarm } from '../monitoring/add-alarm.ts';

/** The alarms that no single claim has: both speak of one event, because one is too many. */
export class ClaimAlarms extends Construct {
  constructor(scope: Construct, id: string, { configuration, alarmTopic }: ClaimsProps) {
    super(scope, id);
    const namespace = claimMetrics.namespace(configuration.prefix);
    for (const definition of [alarmDefinitions.contested, alarmDefinitions.unknownClaim]) {
      const metric = new Metric({ namespace, metricName: definition.metric, statistic: 'Sum', period: Duration.minutes(5) });
      addAlarm(this, definition.name, { configuration, alarmTopic, definition, metric });
    }
  }
}
