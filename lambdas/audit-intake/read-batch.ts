import { gunzipSync } from 'node:zlib';
import type { CloudWatchLogsEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { acceptEvent } from '../../domain/audit/accepted-event.ts';
import { parseJson } from '../../domain/parse-json.ts';

/** What CloudWatch Logs handed over. */
export interface Batch {
  /** When the first line was written, in milliseconds since the epoch. */
  readonly at: number;
  /** Events in the form in which they are sealed, in the order of the log. */
  readonly lines: readonly string[];
  /** How many lines are no events that could be sealed. */
  readonly unreadable: number;
}

/** Far more than a delivery holds; what would be larger is no delivery. */
const MAX_BYTES = 32 * 1024 * 1024;

/** CloudWatch Logs User Guide, "Subscription filters": `CONTROL_MESSAGE` only looks whether anybody is there. */
const delivery = z.object({
  messageType: z.enum(['DATA_MESSAGE', 'CONTROL_MESSAGE']),
  logEvents: z.array(z.object({ timestamp: z.int(), message: z.string() })),
});

const line = z.object({ auditEvent: z.unknown() });

/** The events of a delivery; `undefined` where it brings none and only asks whether anybody is there. @throws when it is no delivery. */
export const readBatch = ({ awslogs }: CloudWatchLogsEvent): Batch | undefined => {
  const text = gunzipSync(Buffer.from(awslogs.data, 'base64'), { maxOutputLength: MAX_BYTES }).toString('utf8');
  const { messageType, logEvents } = z.parse(delivery, JSON.parse(text));
  const [first] = logEvents;
  if (messageType === 'CONTROL_MESSAGE' || first === undefined) return undefined;
  const lines = logEvents.flatMap(({ message }) => acceptEvent(z.safeParse(line, parseJson(message)).data?.auditEvent)?.line ?? []);
  return { at: first.timestamp, lines, unreadable: logEvents.length - lines.length };
};
