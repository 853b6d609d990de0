import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { AuditEvent } from '../../../domain/audit-event.ts';
import type { Stage } from './stage.ts';

/** What is on record about one claim connection, oldest first. */
export const recordOf = async ({ logs, auditLogGroupName }: Stage, clientId: string): Promise<readonly AuditEvent[]> => {
  const filterPattern = `{ $.auditEvent.correlationId = "${clientId}" }`;
  const found: AuditEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.send(new FilterLogEventsCommand({ logGroupName: auditLogGroupName, filterPattern, nextToken }));
    found.push(...(page.events ?? []).map(({ message = '' }) => (JSON.parse(message) as { readonly auditEvent: AuditEvent }).auditEvent));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
};

/** Whether Muster decided or did it, rather than AWS itself telling of it. */
export const isDecision = ({ code }: Pick<AuditEvent, 'code'>): boolean => !/^(presence|aws|iot)\./.test(code);

/** The record of one claim connection without what AWS itself told. */
export const decisionsOf = async (stage: Stage, clientId: string): Promise<readonly AuditEvent[]> =>
  (await recordOf(stage, clientId)).filter(isDecision);
