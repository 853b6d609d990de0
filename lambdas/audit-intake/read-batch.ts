import type { CloudWatchLogsEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { acceptEvent } from '../../domain/audit/accepted-event.ts';
import { readLogDelivery } from '../middleware/log-delivery.ts';

/** What CloudWatch Logs handed over. */
export interface Batch {
  /** When the first line was written, in milliseconds since the epoch. */
  readonly at: number;
  /** Events in the form in which they are sealed, in the order of the log. */
  readonly lines: readonly string[];
  /** How many lines are no events that could be sealed. */
  readonly unreadable: number;
}

const line = z.object({ auditEvent: z.unknown() });

/** The events of a delivery; `undefined` where it brings none and only asks whether anybody is there. @throws when it is no delivery. */
export const readBatch = (event: CloudWatchLogsEvent): Batch | undefined => {
  const entries = readLogDelivery(event);
  const [first] = entries;
  if (first === undefined) return undefined;
  const lines = entries.flatMap(({ message }) => acceptEvent(z.safeParse(line, message).data?.auditEvent)?.line ?? []);
  return { at: first.timestamp, lines, unreadable: entries.length - lines.length };
};
