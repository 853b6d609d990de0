import type { AuditPage } from '../../../domain/device-ports.ts';
import type { auditTail } from '../../../domain/operations/audit-tail.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';

/** CloudWatch Logs may answer with empty pages for a while; so many are asked for before the caller is. */
const MAX_EMPTY_PAGES = 5;

/** Reads a page of the audit log. */
export const createTail =
  ({ auditReader }: Pick<OperationResources, 'auditReader'>): Performer<typeof auditTail> =>
  async ({ since, limit, after, ...where }) => {
    let unreadable = 0;
    let next = after;
    for (let asked = 0; asked < MAX_EMPTY_PAGES; asked += 1) {
      const page: AuditPage = await auditReader.page({ since, where, limit, after: next });
      unreadable += page.unreadable;
      next = page.next;
      if (page.entries.length > 0 || next === undefined)
        return {
          entries: page.entries.map(({ loggedAt, event }) => ({ loggedAt, event: { ...event } })),
          unreadable,
          ...(next === undefined ? {} : { next }),
        };
    }
    return { entries: [], unreadable, ...(next === undefined ? {} : { next }) };
  };
