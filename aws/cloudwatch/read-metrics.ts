import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery, type MetricDataResult } from '@aws-sdk/client-cloudwatch';

/** Asks CloudWatch for metrics between two instants, in milliseconds since the epoch, all pages of them; it takes 500 queries at once. */
export const readMetrics = async (
  client: CloudWatchClient,
  queries: MetricDataQuery[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly MetricDataResult[]> => {
  const results: MetricDataResult[] = [];
  let next: string | undefined;
  do {
    const answer = await client.send(
      new GetMetricDataCommand({ MetricDataQueries: queries, StartTime: new Date(from), EndTime: new Date(to), NextToken: next }),
    );
    results.push(...(answer.MetricDataResults ?? []));
    next = answer.NextToken;
  } while (next !== undefined);
  return results;
};
