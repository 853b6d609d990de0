import { CloudWatchClient, GetMetricStatisticsCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { LocalAws } from '../local/main.ts';
import { awsPrices, type Priced } from './aws-prices.data.ts';

/** How much was used of what AWS puts on its bill. */
type Usage = Readonly<Record<Priced, number>>;

interface Measured {
  /** Requests that functions made, to every service. */
  readonly requests: number;
  readonly usage: Usage;
}

/** A log event counts for so many bytes more than its text (CloudWatch Logs, PutLogEvents). */
const BYTES_OF_EVENT = 26;
/** Lambda fetches and deletes ten messages with a request. */
const REQUESTS_PER_MESSAGE = 1 + 2 / 10;
/** An enrollment is about two kilobytes; two indexes change with it. */
const UNITS_OF_WRITE = 4;
/** For each item: two kilobytes, read consistently. */
const UNITS_OF_READ = 1;

/**
 * What a local AWS counts while something is done: whatever functions ask for, and what comes and goes by MQTT and by rules.
 * @param act answers how many executions of jobs it took
 */
export const measureUsage = async (local: LocalAws, act: () => Promise<number>): Promise<Measured> => {
  const [cloudWatch, logs] = [new CloudWatchClient(), new CloudWatchLogsClient()];
  try {
    local.requests.clear();
    const since = Date.now();
    const before = await iotTotals(cloudWatch);
    const executions = await act();
    const after = await iotTotals(cloudWatch);
    const counted = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    const { requests, registry, reads, writes } = requestsIn(local);
    const runs = await runsSince(logs, since);
    const usage: Usage = {
      ...{ jobExecution: executions, registry, readUnit: reads * UNITS_OF_READ, writeUnit: writes * UNITS_OF_WRITE },
      message: counted('PublishIn.Success') + counted('PublishOut.Success') + counted('Connect.Success'),
      ...{ rule: counted('RulesExecuted'), action: counted('Success'), queueRequest: counted('Success of SQS') * REQUESTS_PER_MESSAGE },
      ...{ invocation: runs.count, gibSecond: runs.gibSeconds, logGib: runs.logBytes / 1024 ** 3 },
    };
    return { requests, usage };
  } finally {
    cloudWatch.destroy();
    logs.destroy();
  }
};

/** What that costs, and the dearest of it first. */
export const billFor = (usage: Usage): { readonly usd: number; readonly items: readonly (readonly [Priced, number])[] } => {
  const names = Object.keys(awsPrices) as Priced[];
  const items = names.map((name) => [name, usage[name] * awsPrices[name].usd] as const).sort(([, one], [, other]) => other - one);
  return { usd: items.reduce((sum, [, usd]) => sum + usd, 0), items };
};

// Functions act in a role; whoever measures acts as the account's user.
const requestsIn = ({ requests }: LocalAws) => {
  const made = requests.list().filter(({ caller }) => caller.includes(':assumed-role/'));
  const count = (service: string, ...operations: readonly string[]): number =>
    made.filter((one) => one.service === service && (operations.length === 0 || operations.includes(one.operation))).length;
  return {
    requests: made.length,
    registry: count('iot'),
    reads: count('dynamodb', 'BatchGetItem', 'GetItem', 'Query'),
    writes: count('dynamodb', 'PutItem', 'UpdateItem', 'DeleteItem'),
  };
};

const DAY_MS = 86_400_000;

/** Sums since yesterday, by metric; those of the queue's actions apart, too. */
const iotTotals = async (client: CloudWatchClient): Promise<ReadonlyMap<string, number>> => {
  const totals = new Map<string, number>();
  const now = Date.now();
  const times = { StartTime: new Date(now - DAY_MS), EndTime: new Date(now + DAY_MS), Period: (2 * DAY_MS) / 1000 };
  const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace: 'AWS/IoT' }));
  for (const { MetricName = '', Dimensions = [] } of Metrics) {
    const asked = { Namespace: 'AWS/IoT', MetricName, Dimensions, ...times, Statistics: ['Sum' as const] };
    const { Datapoints = [] } = await client.send(new GetMetricStatisticsCommand(asked));
    const sum = Datapoints.reduce((all, { Sum = 0 }) => all + Sum, 0);
    const isQueue = Dimensions.some(({ Name, Value }) => Name === 'ActionType' && Value === 'SQS');
    for (const name of isQueue ? [MetricName, `${MetricName} of SQS`] : [MetricName]) totals.set(name, (totals.get(name) ?? 0) + sum);
  }
  return totals;
};

const REPORT = /^REPORT .*Billed Duration: (?<ms>\d+) ms\tMemory Size: (?<mib>\d+) MB/;

/** What Lambda's own lines say of the functions that ran. */
const runsSince = async (client: CloudWatchLogsClient, startTime: number) => {
  const runs = { count: 0, gibSeconds: 0, logBytes: 0 };
  const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({}));
  for (const { logGroupName } of logGroups) {
    for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime })) {
      for (const { message = '' } of events) {
        const { ms, mib } = REPORT.exec(message)?.groups ?? {};
        runs.logBytes += Buffer.byteLength(message) + BYTES_OF_EVENT;
        if (ms === undefined) continue;
        runs.count += 1;
        runs.gibSeconds += ((Number(ms) / 1000) * Number(mib)) / 1024;
      }
    }
  }
  return runs;
};
