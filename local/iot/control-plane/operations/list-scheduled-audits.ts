import type { ListScheduledAuditsRequest, ListScheduledAuditsResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** All scheduled audits. */
export const listScheduledAudits: IotOperation<ListScheduledAuditsRequest, ListScheduledAuditsResponse> = (
  { registry, defender },
  { nextToken, maxResults },
) => {
  const page = pageOf(defender.scheduledAudits.all(), ({ name }) => name, { token: nextToken, limit: maxResults });
  const scheduledAudits = page.items.map(({ name, frequency: { every, ...day } }) => ({
    ...{ scheduledAuditName: name, scheduledAuditArn: registry.arn('scheduledaudit', name) },
    ...{ frequency: every, ...day },
  }));
  return { scheduledAudits, nextToken: page.nextToken };
};
