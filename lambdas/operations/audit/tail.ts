import type { auditTail } from '../../../domain/operations/audit-tail.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { readPage } from './read-page.ts';

/** Reads a page of the audit log. */
export const createTail =
  (resources: Pick<OperationResources, 'auditReader'>): Performer<typeof auditTail> =>
  ({ since, limit, after, ...where }) =>
    readPage(resources, { since, where, limit, after });
