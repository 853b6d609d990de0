import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describeDeployment } from '../aws/cloudformation/deployment.ts';
import type { AuditEvent } from '../domain/audit-event.ts';

/** Reads the audit log as an auditor would: from CloudWatch Logs. */
export const openAuditTrail = async (prefix: string) => {
  const { auditLogGroupName } = await describeDeployment(new CloudFormationClient(), prefix);
  const logs = new CloudWatchLogsClient();
  return {
    /** Every event so far, oldest first. */
    events: async (): Promise<readonly AuditEvent[]> => {
      const found: AuditEvent[] = [];
      let nextToken: string | undefined;
      do {
        const page = await logs.send(
          new FilterLogEventsCommand({ logGroupName: auditLogGroupName, filterPattern: '"auditEvent"', nextToken }),
        );
        found.push(...(page.events ?? []).flatMap(({ message }) => eventIn(message ?? '')));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return found.toSorted((one, other) => one.at - other.at);
    },
  };
};

const eventIn = (message: string): readonly AuditEvent[] => {
  const parsed: unknown = JSON.parse(message);
  return typeof parsed === 'object' && parsed !== null && 'auditEvent' in parsed ? [parsed.auditEvent as AuditEvent] : [];
};
