import { type CloudWatchClient, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import type { ClaimGauge, ClaimRemainder } from '../../domain/claim/claim-ports.ts';

/** CloudWatch takes a thousand values in one PutMetricData, and each claim has two. */
const MAX_CLAIMS = 500;

/** Tells CloudWatch how much of each claim is used up, and how long it lasts. */
export const createCloudWatchClaimGauge = (client: CloudWatchClient, prefix: string): ClaimGauge => ({
  async tell(uses) {
    for (let start = 0; start < uses.length; start += MAX_CLAIMS) {
      const MetricData = uses.slice(start, start + MAX_CLAIMS).flatMap(valuesOf);
      await client.send(new PutMetricDataCommand({ Namespace: claimMetrics.namespace(prefix), MetricData }));
    }
  },
});

const valuesOf = ({ name, quotaUsedPercent, daysLeft }: ClaimRemainder): readonly MetricDatum[] => {
  const Dimensions = [{ Name: claimMetrics.dimension, Value: name }];
  return [
    { MetricName: claimMetrics.quotaUsed, Dimensions, Unit: 'Percent', Value: quotaUsedPercent },
    { MetricName: claimMetrics.daysLeft, Dimensions, Value: daysLeft },
  ];
};
