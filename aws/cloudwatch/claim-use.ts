import type { CloudWatchClient, MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import type { ClaimRefusals, ClaimUse } from '../../domain/claim/claim-ports.ts';
import type { ClaimName } from '../../domain/identifiers.ts';
import { refusalClasses } from '../../domain/refusal-class.ts';
import { readMetrics } from './read-metrics.ts';

/** CloudWatch takes 500 queries in one GetMetricData. */
const MAX_QUERIES = 500;
const NAMES_AT_A_TIME = Math.floor(MAX_QUERIES / refusalClasses.length);
const PERIOD_S = 3600;

/** Counts refusals by the metrics that filters make of the audit log; a count may be some minutes behind. */
export const createCloudWatchClaimUse = (client: CloudWatchClient, prefix: string): ClaimUse => ({
  async refusalsSince(names, { from, to }) {
    const counted = new Map<ClaimName, ClaimRefusals>();
    for (let start = 0; start < names.length; start += NAMES_AT_A_TIME) {
      const some = names.slice(start, start + NAMES_AT_A_TIME);
      const results = await readMetrics(client, queriesFor(prefix, some), { from, to });
      for (const [index, name] of some.entries()) counted.set(name, refusalsIn(results, index));
    }
    return counted;
  },
});

const idOf = (name: number, refusalClass: number): string => `n${name}c${refusalClass}`;

const queriesFor = (prefix: string, names: readonly ClaimName[]): MetricDataQuery[] =>
  names.flatMap((name, index) =>
    refusalClasses.map((refusalClass, classIndex) => ({
      Id: idOf(index, classIndex),
      MetricStat: {
        Metric: {
          Namespace: claimMetrics.namespace(prefix),
          MetricName: claimMetrics.refusalsOf(refusalClass),
          Dimensions: [{ Name: claimMetrics.dimension, Value: name }],
        },
        Period: PERIOD_S,
        Stat: 'Sum',
      },
    })),
  );

const refusalsIn = (results: readonly MetricDataResult[], name: number): ClaimRefusals => {
  const sums = refusalClasses.map((refusalClass, index) => [refusalClass, sumOf(results, idOf(name, index))] as const);
  return { ...noRefusals, ...Object.fromEntries(sums) };
};

const noRefusals: ClaimRefusals = { misuse: 0, enumeration: 0, identity: 0, waiting: 0, withdrawn: 0, fault: 0 };

const sumOf = (results: readonly MetricDataResult[], id: string): number =>
  results.filter(({ Id }) => Id === id).reduce((sum, { Values = [] }) => sum + Values.reduce((all, value) => all + value, 0), 0);
