import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod/mini';
import type { AuditEvent } from '../../domain/audit-event.ts';
import { parseJson } from '../../domain/parse-json.ts';
import type { EmittedEvents } from '../../domain/reconciliation/reconciliation-ports.ts';

/** A filter pattern has at most 1,024 characters; an id, with what is around it, at most 110. */
const AT_ONCE = 8;
/** Pages may be empty before the last; beyond so many the answer is left open. */
const MAX_PAGES = 10;
/** Clocks of functions and of the log may differ. */
const SKEW_MS = 300_000;

const line = z.object({ auditEvent: z.object({ id: z.string() }) });

/** Looks events up by their ids in the audit log group. */
export const createCloudWatchEmittedEvents = (client: CloudWatchLogsClient, logGroupName: string): EmittedEvents => ({
  async seek(events) {
    const missing: AuditEvent[] = [];
    const unknown: AuditEvent[] = [];
    for (let start = 0; start < events.length; start += AT_ONCE) {
      const some = events.slice(start, start + AT_ONCE);
      const { ids, isWhole } = await idsOf({ client, logGroupName }, some);
      (isWhole ? missing : unknown).push(...some.filter(({ id }) => !ids.has(id)));
    }
    return { missing, unknown };
  },
});

interface Log {
  readonly client: CloudWatchLogsClient;
  readonly logGroupName: string;
}

interface FoundIds {
  readonly ids: ReadonlySet<string>;
  /** False where the log was not read to the end. */
  readonly isWhole: boolean;
}

const idsOf = async ({ client, logGroupName }: Log, events: readonly AuditEvent[]): Promise<FoundIds> => {
  // What CloudWatch takes quotes and backslashes for is not documented; an id of ours has none, and another is asked for as anything.
  const terms = events.map(({ id }) => `($.auditEvent.id = "${id.replaceAll(/["\\]/g, '*')}")`);
  const query = {
    logGroupName,
    filterPattern: `{ ${terms.join(' || ')} }`,
    startTime: Math.min(...events.map(({ at }) => at)) - SKEW_MS,
  };
  const ids = new Set<string>();
  let nextToken: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const answer = await client.send(new FilterLogEventsCommand({ ...query, nextToken }));
    for (const id of (answer.events ?? []).flatMap(({ message = '' }) => idIn(message) ?? [])) ids.add(id);
    nextToken = answer.nextToken;
    if (nextToken === undefined || ids.size >= events.length) return { ids, isWhole: true };
  }
  return { ids, isWhole: false };
};

const idIn = (message: string): string | undefined => z.safeParse(line, parseJson(message)).data?.auditEvent.id;
