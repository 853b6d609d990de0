import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { groupName, streamName } from '../input-schemas.ts';
import type { LogsDependencies } from '../logs-dependencies.ts';

const event = z.object({ timestamp: z.int().min(0), message: z.string().min(1) });

type Event = z.output<typeof event>;

const input = z.object({ logGroupName: groupName, logStreamName: streamName, logEvents: z.array(event).min(1).max(10_000) });

// CloudWatch Logs API Reference, PutLogEvents.
const maxBatchBytes = 1_048_576;
const overheadBytes = 26;
const dayMs = 86_400_000;
const oldestMs = 14 * dayMs;
const newestMs = 2 * 3_600_000;

const refuse = (message: string): AwsError => new AwsError('InvalidParameterException', message);

const requireBatch = (events: readonly Event[]): void => {
  const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + overheadBytes, 0);
  if (bytes > maxBatchBytes) throw refuse(`Upload too large: ${bytes} bytes exceeds limit of ${maxBatchBytes}`);
  const isOrdered = events.every(({ timestamp }, index) => timestamp >= (events[index - 1]?.timestamp ?? 0));
  if (!isOrdered) throw refuse('Log events in a single PutLogEvents request must be in chronological order.');
  const spanMs = (events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0);
  if (spanMs > dayMs) throw refuse('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
};

const rejections = (events: readonly Event[], nowMs: number): Readonly<Record<string, number>> => {
  const tooOld = events.filter(({ timestamp }) => timestamp < nowMs - oldestMs).length;
  const tooNew = events.findIndex(({ timestamp }) => timestamp > nowMs + newestMs);
  return { ...(tooOld === 0 ? {} : { tooOldLogEventEndIndex: tooOld }), ...(tooNew === -1 ? {} : { tooNewLogEventStartIndex: tooNew }) };
};

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
export const putLogEvents =
  ({ logs, clock }: LogsDependencies): Operation =>
  (members) => {
    const { logGroupName, logStreamName, logEvents } = parseInput(input, members, 'InvalidParameterException');
    const group = logs.get(logGroupName);
    const stream = logs.stream(group, logStreamName);
    requireBatch(logEvents);
    const nowMs = clock.now();
    const kept = logEvents.filter(({ timestamp }) => timestamp >= nowMs - oldestMs && timestamp <= nowMs + newestMs);
    logs.add(
      group,
      stream,
      kept.map(({ message, timestamp }) => ({ message, timestampMs: timestamp })),
    );
    const rejected = rejections(logEvents, nowMs);
    const nextSequenceToken = '0';
    return Object.keys(rejected).length === 0 ? { nextSequenceToken } : { nextSequenceToken, rejectedLogEventsInfo: rejected };
  };
