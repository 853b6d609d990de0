import { gunzipSync } from 'node:zlib';
import type { CloudWatchLogsEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import type { LogEntry } from '../../domain/audit/sources/log-entry-event.ts';
import { parseJson } from '../../domain/parse-json.ts';

/** Far more than a delivery holds; what would be larger is no delivery. */
const MAX_BYTES = 32 * 1024 * 1024;

/** CloudWatch Logs User Guide, "Subscription filters": `CONTROL_MESSAGE` only looks whether anybody is there. */
const delivery = z.object({
  messageType: z.enum(['DATA_MESSAGE', 'CONTROL_MESSAGE']),
  logEvents: z.array(
    z.object({ id: z.string().check(z.minLength(1), z.maxLength(128)), timestamp: z.int().check(z.minimum(0)), message: z.string() }),
  ),
});

/** The entries that a subscription to a log group delivers. @throws when it is no delivery. */
export const readLogDelivery = ({ awslogs }: CloudWatchLogsEvent): readonly LogEntry[] => {
  const text = gunzipSync(Buffer.from(awslogs.data, 'base64'), { maxOutputLength: MAX_BYTES }).toString('utf8');
  const { messageType, logEvents } = z.parse(delivery, JSON.parse(text));
  return messageType === 'CONTROL_MESSAGE' ? [] : logEvents.map(({ message, ...entry }) => ({ ...entry, message: parseJson(message) }));
};
