import type { CloudWatchLogsEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { acceptEvent } from '../../domain/audit/accepted-event.ts';
import { readLogDelivery } from '../middleware/log-delivery.ts';

/** An event as it came from the log. */
export interface LoggedEvent {
  /** What the log calls its line: another line has another, whatever it says. */
  readonly logId: string;
  /** When the line was written, in milliseconds since the epoch. */
  readonly at: number;
  /** The event in the form in which it is sealed. */
  readonly line: string;
}

/** What CloudWatch Logs handed over. */
export interface Batch {
  /** When the first line was written, in milliseconds since the epoch. */
  readonly at: number;
  /** In the order of the log. */
  readonly events: readonly LoggedEvent[];
  /** How many lines are no events that could be sealed. */
  readonly unreadable: number;
}

const line = z.object({ auditEvent: z.unknown() });

/** The events of a delivery; `undefined` where it brings none and only asks whether anybody is there. @throws when it is no delivery. */
export const readBatch = (event: CloudWatchLogsEvent): Batch | undefined => {
  const entries = readLogDelivery(event);
  const [first] = entries;
  if (first === undefined) return undefined;
  const events = entries.flatMap(({ id: logId, timestamp: at, message }) => {
    const accepted = acceptEvent(z.safeParse(line, message).data?.auditEvent);
    return accepted === undefined ? [] : { logId, at, line: accepted.line };
  });
  return { at: first.timestamp, events, unreadable: entries.length - events.length };
};
