import type { CloudWatchClient, MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { PerMinute } from '../../domain/audit/completeness.ts';
import { type LossCounts, lossMetrics } from '../../domain/audit/loss.ts';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import { readMetrics } from './read-metrics.ts';

interface CountedDeployment {
  readonly prefix: string;
  /** The pre-provisioning hook, where there is one. */
  readonly hookName: string | undefined;
  /** How many lines of the log were stored, by minute. */
  readonly tallies: (span: { readonly from: number; readonly until: number }) => Promise<PerMinute>;
}

const NONE: PerMinute = new Map();

/** Compares calls of the hook with its decisions in the log, and events in the log with those that were stored. */
export const createCloudWatchLossCounts = (client: CloudWatchClient, { prefix, hookName, tallies }: CountedDeployment): LossCounts => ({
  async between({ from, until }) {
    const results = await readMetrics(client, queriesFor(prefix, hookName), { from, to: until });
    const [called, decided] = hookName === undefined ? [NONE, NONE] : [countsOf(results, 'called'), countsOf(results, 'decided')];
    return {
      decisions: { expected: called, found: decided },
      events: { expected: countsOf(results, 'logged'), found: await tallies({ from, until }) },
    };
  },
});

const queriesFor = (prefix: string, hookName: string | undefined): MetricDataQuery[] => {
  const Namespace = claimMetrics.namespace(prefix);
  const logged = minutely('logged', { Namespace, MetricName: lossMetrics.eventsLogged });
  if (hookName === undefined) return [logged];
  const Dimensions = [{ Name: 'FunctionName', Value: hookName }];
  return [
    logged,
    minutely('decided', { Namespace, MetricName: lossMetrics.decisionsLogged }),
    minutely('called', { Namespace: 'AWS/Lambda', MetricName: 'Invocations', Dimensions }),
  ];
};

const minutely = (Id: string, Metric: NonNullable<MetricDataQuery['MetricStat']>['Metric']): MetricDataQuery => ({
  Id,
  MetricStat: { Metric, Period: 60, Stat: 'Sum' },
});

const countsOf = (results: readonly MetricDataResult[], id: string): PerMinute =>
  new Map(
    results
      .filter(({ Id }) => Id === id)
      .flatMap(({ Timestamps = [], Values = [] }) => Timestamps.map((minute, index) => [minute.getTime(), Values[index] ?? 0] as const)),
  );
