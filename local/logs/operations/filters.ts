import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { compileFilterPattern } from '../filter/filter-pattern.ts';
import { groupName } from '../input-schemas.ts';
import type { LogGroup, StoredFilter } from '../log-group.ts';
import type { LogsDependencies } from '../logs-dependencies.ts';

const refusal = 'InvalidParameterException';

const named = z.object({
  logGroupName: groupName,
  filterName: z
    .string()
    .min(1)
    .max(512)
    .regex(/^[^:*]*$/),
});

const transformation = z.looseObject({
  metricName: z.string(),
  metricNamespace: z.string(),
  metricValue: z.string(),
  defaultValue: z.number().optional(),
  dimensions: z.record(z.string(), z.string()).optional(),
  unit: z.string().optional(),
});

const metricInput = named.extend({ filterPattern: z.string().max(1024), metricTransformations: z.array(transformation).length(1) });

const stored = (
  name: string,
  pattern: string,
  more: { readonly nowMs: number; readonly details: StoredFilter['details'] },
): StoredFilter => ({ name, pattern, matches: compileFilterPattern(pattern), createdAtMs: more.nowMs, details: more.details });

const remove = (filters: Map<string, StoredFilter>, name: string): void => {
  if (!filters.delete(name)) throw new AwsError('ResourceNotFoundException', `The specified filter does not exist: ${name}`);
};

const describe = (group: LogGroup, filters: ReadonlyMap<string, StoredFilter>): readonly object[] =>
  [...filters.values()].map(({ name, pattern, createdAtMs, details }) => ({
    filterName: name,
    filterPattern: pattern,
    creationTime: createdAtMs,
    logGroupName: group.name,
    ...details,
  }));

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
export const putMetricFilter =
  ({ logs, clock }: LogsDependencies): Operation =>
  (members) => {
    const { logGroupName, filterName, filterPattern, metricTransformations } = parseInput(metricInput, members, refusal);
    const filter = stored(filterName, filterPattern, { nowMs: clock.now(), details: { metricTransformations } });
    logs.get(logGroupName).metricFilters.set(filterName, filter);
    return undefined;
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteMetricFilter.html */
export const deleteMetricFilter =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    const { logGroupName, filterName } = parseInput(named, members, refusal);
    remove(logs.get(logGroupName).metricFilters, filterName);
    return undefined;
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html; all of them in one page. */
export const describeMetricFilters =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    const { logGroupName } = parseInput(z.object({ logGroupName: groupName.optional() }), members, refusal);
    const groups = logGroupName === undefined ? logs.list() : [logs.get(logGroupName)];
    return { metricFilters: groups.flatMap((group) => describe(group, group.metricFilters)) };
  };

const subscriptionInput = named.extend({
  filterPattern: z.string().max(1024),
  destinationArn: z
    .string()
    .regex(/^arn:aws:lambda:/, 'must be the ARN of a Lambda function: the local AWS delivers to no other destination'),
  roleArn: z.string().optional(),
  distribution: z.enum(['Random', 'ByLogStream']).optional(),
});

/** CloudWatch Logs User Guide, "CloudWatch Logs quotas": subscription filters per log group. */
const maxSubscriptions = 2;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html, to functions. */
export const putSubscriptionFilter =
  ({ logs, clock }: LogsDependencies): Operation =>
  (members) => {
    const { logGroupName, filterName, filterPattern, destinationArn } = parseInput(subscriptionInput, members, refusal);
    const { subscriptionFilters } = logs.get(logGroupName);
    if (!subscriptionFilters.has(filterName) && subscriptionFilters.size >= maxSubscriptions) {
      throw new AwsError(
        'LimitExceededException',
        `Resource limit exceeded: a log group has at most ${maxSubscriptions} subscription filters.`,
      );
    }
    subscriptionFilters.set(filterName, stored(filterName, filterPattern, { nowMs: clock.now(), details: { destinationArn } }));
    return undefined;
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteSubscriptionFilter.html */
export const deleteSubscriptionFilter =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    const { logGroupName, filterName } = parseInput(named, members, refusal);
    remove(logs.get(logGroupName).subscriptionFilters, filterName);
    return undefined;
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeSubscriptionFilters.html */
export const describeSubscriptionFilters =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    const group = logs.get(parseInput(z.object({ logGroupName: groupName }), members, refusal).logGroupName);
    return { subscriptionFilters: describe(group, group.subscriptionFilters) };
  };
