import { type CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { type AuditEvent, auditLine } from '../domain/audit-event.ts';
import type { AuditLog } from '../domain/ports.ts';

// API reference of PutLogEvents: at most 10,000 events and 1,048,576 bytes, each event counting 26 more than its text.
// An event of ours is well below 2,000 bytes.
const MAX_EVENTS = 500;

/** An audit log that keeps what it is told until it is flushed. */
export interface BufferedAuditLog extends AuditLog {
  /** Writes what was kept. Rejects when it could not be written; what was kept is then still there. */
  flush(): Promise<void>;
}

/** Writes events to a stream of its own in the audit log group, as a program outside of Lambda must. */
export const createCloudWatchAuditLog = (client: CloudWatchLogsClient, logGroupName: string, logStreamName: string): BufferedAuditLog => {
  const kept: AuditEvent[] = [];
  let hasStream = false;
  const write = async (events: readonly AuditEvent[]): Promise<void> => {
    if (!hasStream) await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    hasStream = true;
    // In the order of their times, or the whole batch is refused.
    const logEvents = [...events]
      .sort((one, other) => one.at - other.at)
      .map((event) => ({ timestamp: event.at, message: auditLine(event) }));
    await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  };
  return {
    emit: (event) => {
      kept.push(event);
    },
    flush: async () => {
      while (kept.length > 0) {
        const batch = kept.slice(0, MAX_EVENTS);
        await write(batch);
        kept.splice(0, batch.length);
      }
    },
  };
};
