import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { compileFilterPattern } from '../filter/filter-pattern.ts';
import { streamName } from '../input-schemas.ts';
import type { LogEvent, LogGroup, LogStream } from '../log-group.ts';
import type { LogsDependencies } from '../logs-dependencies.ts';

const refusal = 'InvalidParameterException';

const range = z.object({
  logGroupName: z.string().optional(),
  logGroupIdentifier: z.string().optional(),
  startTime: z.int().min(0).default(0),
  endTime: z.int().min(0).default(Number.MAX_SAFE_INTEGER),
  limit: z.int().min(1).max(10_000).default(10_000),
  nextToken: z
    .string()
    .regex(/^[fb]?\/?\d+$/)
    .optional(),
});

const offsetOf = (token: string | undefined): number => Number(token?.replace(/\D/g, '') ?? 0);

interface FoundEvent {
  readonly stream: LogStream;
  readonly event: LogEvent;
}

const retained = (group: LogGroup, streams: readonly LogStream[], nowMs: number): readonly FoundEvent[] =>
  streams.flatMap((stream) => group.retained(stream, nowMs).map((event) => ({ stream, event })));

const isWithin = ({ startTime, endTime }: z.output<typeof range>, { timestampMs }: LogEvent): boolean =>
  timestampMs >= startTime && timestampMs < endTime;

const getInput = range.extend({ logStreamName: streamName, startFromHead: z.boolean().default(false) });

const shown = ({ timestampMs, ingestedAtMs, message }: LogEvent): object => ({
  timestamp: timestampMs,
  ingestionTime: ingestedAtMs,
  message,
});

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export const getLogEvents =
  ({ logs, clock }: LogsDependencies): Operation =>
  (members) => {
    const wanted = parseInput(getInput, members, refusal);
    const group = logs.get(wanted.logGroupName ?? wanted.logGroupIdentifier ?? '');
    const stream = logs.stream(group, wanted.logStreamName);
    const found = group.retained(stream, clock.now()).filter((event) => isWithin(wanted, event));
    const latest = wanted.startFromHead ? 0 : Math.max(0, found.length - wanted.limit);
    const from = wanted.nextToken === undefined ? latest : offsetOf(wanted.nextToken);
    const page = found.slice(from, from + wanted.limit);
    return {
      events: page.map(shown),
      nextForwardToken: `f/${from + page.length}`,
      nextBackwardToken: `b/${Math.max(0, from - wanted.limit)}`,
    };
  };

const filterInput = range.extend({
  logStreamNames: z.array(streamName).max(100).optional(),
  logStreamNamePrefix: streamName.optional(),
  filterPattern: z.string().max(1024).default(''),
});

const chosenStreams = (group: LogGroup, wanted: z.output<typeof filterInput>): readonly LogStream[] => {
  if (wanted.logStreamNames !== undefined && wanted.logStreamNamePrefix !== undefined) {
    throw new AwsError(refusal, 'Give log stream names or a prefix, not both.');
  }
  const { logStreamNames, logStreamNamePrefix = '' } = wanted;
  return [...group.streams.values()].filter(({ name }) => logStreamNames?.includes(name) ?? name.startsWith(logStreamNamePrefix));
};

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const filterLogEvents =
  ({ logs, clock }: LogsDependencies): Operation =>
  (members) => {
    const wanted = parseInput(filterInput, members, refusal);
    const matches = compileFilterPattern(wanted.filterPattern);
    const group = logs.get(wanted.logGroupName ?? wanted.logGroupIdentifier ?? '');
    const found = retained(group, chosenStreams(group, wanted), clock.now()).filter(
      ({ event }) => isWithin(wanted, event) && matches(event.message),
    );
    found.sort((a, b) => a.event.timestampMs - b.event.timestampMs);
    const from = offsetOf(wanted.nextToken);
    const page = found.slice(from, from + wanted.limit);
    const events = page.map(({ stream, event }) => ({ logStreamName: stream.name, ...shown(event), eventId: event.id }));
    return { events, searchedLogStreams: [], ...(from + page.length < found.length ? { nextToken: String(from + page.length) } : {}) };
  };
