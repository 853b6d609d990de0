import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod/mini';
import { type AuditFilter, isWanted } from '../../domain/audit/audit-filter.ts';
import type { AuditQuery, AuditReader, LoggedEvent } from '../../domain/device-ports.ts';
import { auditEvent } from '../dynamodb/audit-event-schema.ts';
import { parseJson } from '../../domain/parse-json.ts';

const line = z.object({ auditEvent });

/** Reads the audit log group with FilterLogEvents, whose pages may be empty before the last. */
export const createCloudWatchAuditReader = (client: CloudWatchLogsClient, logGroupName: string): AuditReader => ({
  async page({ since, until, where, limit, after }: AuditQuery) {
    const { events = [], nextToken } = await client.send(
      new FilterLogEventsCommand({
        logGroupName,
        filterPattern: patternFor(where),
        startTime: since,
        endTime: until,
        limit,
        nextToken: after,
      }),
    );
    const read = events.map(({ message = '', timestamp = 0 }) => readLine(message, timestamp));
    const entries = read.filter((entry) => entry !== undefined).filter(({ event }) => isWanted(event, where));
    const unreadable = read.filter((entry) => entry === undefined).length;
    return { entries, unreadable, ...(nextToken === undefined ? {} : { next: nextToken }) };
  },
});

// In CloudWatch's quoted text `*` stands for anything; how it takes quotes and backslashes is not documented, so they are
// asked for as anything too, and what comes is compared here.
const patternFor = ({ actor, ...where }: AuditFilter): string => {
  const conditions = Object.entries({ code: '*', ...defined(where) }).map(([field, value]) => condition(field, value));
  const caused = actor === undefined ? [] : [`(${condition('actor.arn', `*${actor}`)} || ${condition('actor.name', actor)})`];
  return `{ ${[...conditions, ...caused].join(' && ')} }`;
};

const condition = (field: string, value: string): string => `$.auditEvent.${field} = "${value.replaceAll(/["\\]/g, '*')}"`;

const defined = (where: Omit<AuditFilter, 'actor'>): Record<string, string> =>
  Object.fromEntries(Object.entries(where).filter((entry): entry is [string, string] => entry[1] !== undefined));

const readLine = (message: string, loggedAt: number): LoggedEvent | undefined => {
  const parsed = z.safeParse(line, parseJson(message));
  return parsed.success ? { loggedAt, event: parsed.data.auditEvent } : undefined;
};
