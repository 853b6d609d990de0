import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { claimMetrics } from '../domain/claim/claim-metrics.ts';
import type { ClaimsProps } from './claims-props.ts';

interface Watched {
  readonly id: string;
  readonly metricName: string;
  readonly description: string;
}

const watched: readonly Watched[] = [
  {
    id: 'contested',
    metricName: claimMetrics.contested,
    description:
      'Another key came for a serial number that was bound: a clone, a squatter, or a device that lost its key. docs/runbook.md, "A contested device"',
  },
  {
    id: 'unknown-claim',
    metricName: claimMetrics.unknownClaims,
    description: 'A certificate was used as a claim that is on no record. docs/runbook.md, "An unknown claim"',
  },
];

/** The alarms that no single claim has: both speak of one event, because one is too many. */
export class ClaimAlarms extends Construct {
  constructor(scope: Construct, id: string, { configuration: { prefix }, alarmTopic }: ClaimsProps) {
    super(scope, id);
    for (const { id: name, metricName, description } of watched) {
      const alarm = new Alarm(this, name, {
        alarmName: `${prefix}-${name}`,
        alarmDescription: description,
        metric: new Metric({ namespace: claimMetrics.namespace(prefix), metricName, statistic: 'Sum', period: Duration.minutes(5) }),
        threshold: 1,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(new SnsAction(alarmTopic));
    }
  }
}
