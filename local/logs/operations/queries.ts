import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { StoredEvent } from '../insights/event-row.ts';
import { parseQuery, type QueryCommand } from '../insights/parse-query.ts';
import { runQuery } from '../insights/run-query.ts';
import { queriedGroups, type StartedQuery } from '../insights/started-query.ts';
import type { LogGroup } from '../log-group.ts';
import type { LogsDependencies } from '../logs-dependencies.ts';

const refusal = 'InvalidParameterException';

/** CloudWatch Logs quotas: queries that run at once in an account. */
const MAX_RUNNING = 100;

/** How long a query takes: whoever takes the first answer for the last learns it here. */
const RUNNING_MS = 200;

const MAX_GROUPS = 50;

const startInput = z.object({
  logGroupName: z.string().optional(),
  logGroupNames: z.array(z.string()).min(1).max(MAX_GROUPS).optional(),
  logGroupIdentifiers: z.array(z.string()).min(1).max(MAX_GROUPS).optional(),
  queryLanguage: z.literal('CWLI', 'is not supported by the local AWS').optional(),
  queryString: z.string().max(10_000),
  startTime: z.int().min(0),
  endTime: z.int().min(0),
  limit: z.int().min(1).max(10_000).default(10_000),
});

const parsed = (query: string): readonly QueryCommand[] => {
  try {
    return parseQuery(query);
  } catch (error) {
    throw new AwsError('MalformedQueryException', error instanceof Error ? error.message : String(error));
  }
};

const demandOneWay = (ways: readonly unknown[]): void => {
  if (ways.filter((way) => way !== undefined).length === 1) return;
  throw new AwsError(refusal, 'Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be given.');
};

const statusOf = ({ clock }: LogsDependencies, { isCancelled, startedAtMs }: StartedQuery): 'Cancelled' | 'Running' | 'Complete' => {
  if (isCancelled) return 'Cancelled';
  return clock.now() < startedAtMs + RUNNING_MS ? 'Running' : 'Complete';
};

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
export const startQuery =
  (dependencies: LogsDependencies): Operation =>
  (members) => {
    const { logs, queries, clock } = dependencies;
    const wanted = parseInput(startInput, members, refusal);
    demandOneWay([wanted.logGroupName, wanted.logGroupNames, wanted.logGroupIdentifiers]);
    if (wanted.startTime > wanted.endTime) throw new AwsError(refusal, 'End time should not be before start time.');
    const commands = parsed(wanted.queryString);
    const groups = queriedGroups(members).map((name) => logs.get(name).name);
    const running = [...queries.values()].filter((query) => statusOf(dependencies, query) === 'Running').length;
    if (running >= MAX_RUNNING) throw new AwsError('LimitExceededException', 'Account maximum query concurrency limit reached.');
    const queryId = randomUUID();
    // Both ends are whole seconds, and the last one is searched to its end.
    const [fromMs, untilMs] = [wanted.startTime * 1000, (wanted.endTime + 1) * 1000];
    const { limit } = wanted;
    queries.set(queryId, { groups, commands, fromMs, untilMs, limit, startedAtMs: clock.now(), isCancelled: false });
    return { queryId };
  };

const idInput = z.object({ queryId: z.string().max(256) });

const queryOf = ({ queries }: LogsDependencies, members: Readonly<Record<string, unknown>>) => {
  const { queryId } = parseInput(idInput, members, refusal);
  const query = queries.get(queryId);
  if (query === undefined) throw new AwsError('ResourceNotFoundException', `Query ${queryId} does not exist`);
  return { queryId, query };
};

const eventsOf = ({ account, logs, clock }: LogsDependencies, { groups, fromMs, untilMs }: StartedQuery): readonly StoredEvent[] => {
  const found = groups.map((name) => logs.find(name)).filter((group): group is LogGroup => group !== undefined);
  return found.flatMap((group) =>
    [...group.streams.values()].flatMap((stream) =>
      group
        .retained(stream, clock.now())
        .filter(({ timestampMs }) => timestampMs >= fromMs && timestampMs < untilMs)
        .map((event) => ({ event, log: `${account.accountId}:${group.name}`, stream: stream.name })),
    ),
  );
};

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html */
export const getQueryResults =
  (dependencies: LogsDependencies): Operation =>
  (members) => {
    const { query } = queryOf(dependencies, members);
    const status = statusOf(dependencies, query);
    if (status !== 'Complete') return { queryLanguage: 'CWLI', results: [], statistics: statistics([], 0), status };
    const events = eventsOf(dependencies, query);
    const { rows, matched } = runQuery(events, query.commands, query.limit);
    return { queryLanguage: 'CWLI', results: rows, statistics: statistics(events, matched), status };
  };

const statistics = (events: readonly StoredEvent[], recordsMatched: number): object => ({
  recordsMatched,
  recordsScanned: events.length,
  bytesScanned: events.reduce((sum, { event }) => sum + Buffer.byteLength(event.message), 0),
});

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StopQuery.html */
export const stopQuery =
  (dependencies: LogsDependencies): Operation =>
  (members) => {
    const { queryId, query } = queryOf(dependencies, members);
    if (statusOf(dependencies, query) !== 'Running') throw new AwsError(refusal, `Query ${queryId} is not running`);
    dependencies.queries.set(queryId, { ...query, isCancelled: true });
    return { success: true };
  };
