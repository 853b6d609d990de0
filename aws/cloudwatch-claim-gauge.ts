import { type CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { claimMetrics } from '../domain/claim/claim-metrics.ts';
import type { ClaimGauge } from '../domain/claim/claim-ports.ts';

/** CloudWatch takes a thousand values in one PutMetricData. */
const MAX_VALUES = 1000;

/** Tells CloudWatch how much of each claim's quota is used up. */
export const createCloudWatchClaimGauge = (client: CloudWatchClient, prefix: string): ClaimGauge => ({
  async tell(uses) {
    for (let start = 0; start < uses.length; start += MAX_VALUES) {
      await client.send(
        new PutMetricDataCommand({
          Namespace: claimMetrics.namespace(prefix),
          MetricData: uses.slice(start, start + MAX_VALUES).map(({ name, quotaUsedPercent }) => ({
            MetricName: claimMetrics.quotaUsed,
            Dimensions: [{ Name: claimMetrics.dimension, Value: name }],
            Unit: 'Percent' as const,
            Value: quotaUsedPercent,
          })),
        }),
      );
    }
  },
});
