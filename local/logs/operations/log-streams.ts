import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { groupName, streamName } from '../input-schemas.ts';
import type { LogGroup, LogStream } from '../log-group.ts';
import type { LogsDependencies } from '../logs-dependencies.ts';

const refusal = 'InvalidParameterException';
const named = z.object({ logGroupName: groupName, logStreamName: streamName });

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html */
export const createLogStream =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    const wanted = parseInput(named, members, refusal);
    logs.createStream(logs.get(wanted.logGroupName), wanted.logStreamName);
    return undefined;
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogStream.html */
export const deleteLogStream =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    const wanted = parseInput(named, members, refusal);
    const group = logs.get(wanted.logGroupName);
    group.streams.delete(logs.stream(group, wanted.logStreamName).name);
    return undefined;
  };

const times = (stream: LogStream): object => {
  const [first] = stream.events;
  const last = stream.events.at(-1);
  if (first === undefined || last === undefined) return {};
  return { firstEventTimestamp: first.timestampMs, lastEventTimestamp: last.timestampMs, lastIngestionTime: last.ingestedAtMs };
};

const describe = (group: LogGroup, stream: LogStream): object => ({
  logStreamName: stream.name,
  creationTime: stream.createdAtMs,
  ...times(stream),
  arn: `${group.arn}:log-stream:${stream.name}`,
  storedBytes: 0,
});

const describeInput = z.object({
  logGroupName: groupName.optional(),
  logGroupIdentifier: z.string().optional(),
  logStreamNamePrefix: z.string().default(''),
  orderBy: z.enum(['LogStreamName', 'LastEventTime']).default('LogStreamName'),
  descending: z.boolean().default(false),
  limit: z.int().min(1).max(50).default(50),
});

const lastTime = (stream: LogStream): number => stream.events.at(-1)?.timestampMs ?? 0;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html; one page of at most `limit`. */
export const describeLogStreams =
  ({ logs }: LogsDependencies): Operation =>
  (members) => {
    const wanted = parseInput(describeInput, members, refusal);
    const group = logs.get(wanted.logGroupName ?? wanted.logGroupIdentifier ?? '');
    const found = [...group.streams.values()].filter(({ name }) => name.startsWith(wanted.logStreamNamePrefix));
    found.sort((a, b) => (wanted.orderBy === 'LastEventTime' ? lastTime(a) - lastTime(b) : a.name < b.name ? -1 : 1));
    if (wanted.descending) found.reverse();
    return { logStreams: found.slice(0, wanted.limit).map((stream) => describe(group, stream)) };
  };
