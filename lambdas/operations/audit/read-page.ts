import type { AuditPage, AuditQuery } from '../../../domain/device-ports.ts';
import type { OperationResources } from '../operation-resources.ts';

/** CloudWatch Logs may answer with empty pages for a while; so many are asked for before the caller is. */
const MAX_EMPTY_PAGES = 5;

/** A page of the audit log that has something in it, if one is near. */
export const readPage = async ({ auditReader }: Pick<OperationResources, 'auditReader'>, query: AuditQuery) => {
  let unreadable = 0;
  let next = query.after;
  for (let asked = 0; asked < MAX_EMPTY_PAGES; asked += 1) {
    const page: AuditPage = await auditReader.page({ ...query, after: next });
    unreadable += page.unreadable;
    next = page.next;
    if (page.entries.length > 0 || next === undefined)
      return { entries: page.entries.map(({ loggedAt, event }) => ({ loggedAt, event: { ...event } })), unreadable, ...following(next) };
  }
  return { entries: [], unreadable, ...following(next) };
};

const following = (next: string | undefined) => (next === undefined ? {} : { next });
