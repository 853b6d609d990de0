import {
  type CloudWatchClient,
  DeleteAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { claimAlarmKinds, claimAlarmName, claimMetrics, type ClaimAlarmKind } from '../domain/claim/claim-metrics.ts';
import type { ClaimAlarms } from '../domain/claim/claim-ports.ts';
import type { ClaimName } from '../domain/identifiers.ts';

export interface ClaimAlarmProps {
  /** Begins the name of every alarm. */
  readonly prefix: string;
  /** Who is told: ARN of an SNS topic. */
  readonly topicArn: string;
  readonly refusalsPerFiveMinutes: number;
  readonly unknownSerialsPerFiveMinutes: number;
}

const FIVE_MINUTES_S = 300;
const QUOTA_USED_PERCENT = 90;

/** The alarms of each claim at CloudWatch. */
export const createCloudWatchClaimAlarms = (client: CloudWatchClient, props: ClaimAlarmProps): ClaimAlarms => ({
  async put(name) {
    for (const kind of claimAlarmKinds) await client.send(new PutMetricAlarmCommand(alarmOf(props, name, kind)));
  },
  ...createCloudWatchClaimAlarmRemoval(client, props.prefix),
});

/** Takes a claim's alarms away. */
export const createCloudWatchClaimAlarmRemoval = (client: CloudWatchClient, prefix: string): Pick<ClaimAlarms, 'remove'> => ({
  async remove(name) {
    // AWS deletes none of them when it does not know one (API reference of DeleteAlarms): one at a time.
    for (const kind of claimAlarmKinds) {
      await unlessGone(client.send(new DeleteAlarmsCommand({ AlarmNames: [claimAlarmName(prefix, name, kind)] })));
    }
  },
});

const alarmOf = (props: ClaimAlarmProps, name: ClaimName, kind: ClaimAlarmKind): PutMetricAlarmCommandInput => ({
  AlarmName: claimAlarmName(props.prefix, name, kind),
  Namespace: claimMetrics.namespace(props.prefix),
  Dimensions: [{ Name: claimMetrics.dimension, Value: name }],
  Period: FIVE_MINUTES_S,
  EvaluationPeriods: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  // Nothing happens on most claims most of the time.
  TreatMissingData: 'notBreaching',
  AlarmActions: [props.topicArn],
  ...watches(props, name)[kind],
});

type Watch = Required<Pick<PutMetricAlarmCommandInput, 'MetricName' | 'Statistic' | 'Threshold' | 'AlarmDescription'>>;

const watches = (props: ClaimAlarmProps, name: ClaimName): Readonly<Record<ClaimAlarmKind, Watch>> => ({
  refusals: {
    MetricName: claimMetrics.refusals,
    Statistic: 'Sum',
    Threshold: props.refusalsPerFiveMinutes,
    AlarmDescription: `Many devices that came by claim "${name}" were refused. docs/runbook.md, "Refusals under a claim"`,
  },
  enumeration: {
    MetricName: claimMetrics.refusalsOf('enumeration'),
    Statistic: 'Sum',
    Threshold: props.unknownSerialsPerFiveMinutes,
    AlarmDescription: `Somebody with claim "${name}" tries serial numbers that it does not cover. docs/runbook.md, "Enumeration under a claim"`,
  },
  quota: {
    MetricName: claimMetrics.quotaUsed,
    Statistic: 'Maximum',
    Threshold: QUOTA_USED_PERCENT,
    AlarmDescription: `Claim "${name}" has used ${QUOTA_USED_PERCENT} percent of its quota. docs/runbook.md, "Quota of a claim"`,
  },
});

const unlessGone = async (request: Promise<unknown>): Promise<void> => {
  try {
    await request;
  } catch (error) {
    // The Query protocol's name and the one that the model gives it.
    if (!(error instanceof Error && (error.name === 'ResourceNotFound' || error.name === 'ResourceNotFoundException'))) throw error;
  }
};
