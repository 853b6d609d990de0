import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { invalidValue, invalidValueCode } from '../cloudwatch-errors.ts';
import { metricName, namespace } from '../input-schemas.ts';
import { keyOf, type MetricIdentity, minuteOf } from '../metric.ts';
import type { MetricStore } from '../metric-store.ts';

const dimensionFilter = z.object({ Name: z.string().min(1).max(255), Value: z.string().min(1).max(1024).optional() });

const input = z.object({
  Namespace: namespace.optional(),
  MetricName: metricName.optional(),
  Dimensions: z.array(dimensionFilter).max(10).default([]),
  NextToken: z.string().optional(),
  RecentlyActive: z.literal('PT3H').optional(),
});

type Wanted = z.output<typeof input>;

/** CloudWatch API Reference, ListMetrics. */
const pageSize = 500;
const hourMs = 3_600_000;
const listedMs = 14 * 24 * hourMs;

const isWanted = ({ namespace: space, metricName: name, dimensions }: MetricIdentity, wanted: Wanted): boolean =>
  (wanted.Namespace === undefined || wanted.Namespace === space) &&
  (wanted.MetricName === undefined || wanted.MetricName === name) &&
  wanted.Dimensions.every(({ Name, Value }) => Object.hasOwn(dimensions, Name) && (Value === undefined || dimensions[Name] === Value));

const offsetIn = (token: string | undefined): number => {
  if (token === undefined) return 0;
  if (!/^\d{1,9}$/.test(token)) throw invalidValue('The NextToken is not one that ListMetrics gave.');
  return Number(token);
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html; what was silent for two weeks is not listed. */
export const listMetrics =
  (metrics: MetricStore, clock: Clock): Operation =>
  (members) => {
    const wanted = parseInput(input, members, invalidValueCode);
    const since = minuteOf(clock.now() - (wanted.RecentlyActive === undefined ? listedMs : 3 * hourMs));
    const found = metrics.list().filter((metric) => isWanted(metric.identity, wanted) && metric.isActiveSince(since));
    // A metric is listed once, whatever units its values came in.
    const unique = new Map(found.map(({ identity }) => [keyOf({ ...identity, unit: '' }), identity]));
    const sorted = [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, identity]) => identity);
    const offset = offsetIn(wanted.NextToken);
    const page = sorted.slice(offset, offset + pageSize).map((identity) => ({
      Namespace: identity.namespace,
      MetricName: identity.metricName,
      Dimensions: Object.entries(identity.dimensions).map(([Name, Value]) => ({ Name, Value })),
    }));
    return { Metrics: page, ...(offset + pageSize < sorted.length ? { NextToken: String(offset + pageSize) } : {}) };
  };
