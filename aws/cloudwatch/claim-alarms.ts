import {
  type CloudWatchClient,
  DeleteAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import type { ClaimAlarms } from '../../domain/claim/claim-ports.ts';
import type { Configuration } from '../../domain/configuration/configuration-schema.ts';
import type { ClaimName } from '../../domain/identifiers.ts';
import { type AlarmDefinition, alarmDescription, alarmName, thresholdOf } from '../../domain/monitoring/alarms.ts';
import { claimAlarms, namesOfClaimAlarms } from '../../domain/monitoring/claim-alarms.ts';

export interface ClaimAlarmProps {
  /** Begins the name of every alarm. */
  readonly prefix: string;
  /** Who is told: ARN of an SNS topic. */
  readonly topicArn: string;
  /** How many are many. */
  readonly alarms: Configuration['alarms'];
}

const FIVE_MINUTES_S = 300;

/** The alarms of each claim at CloudWatch. */
export const createCloudWatchClaimAlarms = (client: CloudWatchClient, props: ClaimAlarmProps): ClaimAlarms => ({
  async put(name) {
    for (const definition of claimAlarms) await client.send(new PutMetricAlarmCommand(alarmOf(props, name, definition)));
  },
  ...createCloudWatchClaimAlarmRemoval(client, props.prefix),
});

/** Takes a claim's alarms away. */
export const createCloudWatchClaimAlarmRemoval = (client: CloudWatchClient, prefix: string): Pick<ClaimAlarms, 'remove'> => ({
  async remove(name) {
    // AWS deletes none of them when it does not know one (API reference of DeleteAlarms): one at a time.
    for (const alarm of namesOfClaimAlarms(prefix, name)) {
      await unlessGone(client.send(new DeleteAlarmsCommand({ AlarmNames: [alarm] })));
    }
  },
});

const alarmOf = (
  { prefix, topicArn, alarms }: ClaimAlarmProps,
  claim: ClaimName,
  definition: AlarmDefinition,
): PutMetricAlarmCommandInput => ({
  AlarmName: alarmName(prefix, definition, { claim }),
  AlarmDescription: alarmDescription(definition, { claim }),
  Namespace: claimMetrics.namespace(prefix),
  MetricName: definition.metric,
  Dimensions: [{ Name: claimMetrics.dimension, Value: claim }],
  Statistic: definition.statistic ?? 'Sum',
  Period: FIVE_MINUTES_S,
  EvaluationPeriods: 1,
  Threshold: thresholdOf(definition, alarms),
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  // Nothing happens on most claims most of the time.
  TreatMissingData: 'notBreaching',
  AlarmActions: definition.severity === 'part' ? [] : [topicArn],
});

const unlessGone = async (request: Promise<unknown>): Promise<void> => {
  try {
    await request;
  } catch (error) {
    // The Query protocol's name and the one that the model gives it.
    if (!(error instanceof Error && (error.name === 'ResourceNotFound' || error.name === 'ResourceNotFoundException'))) throw error;
  }
};
