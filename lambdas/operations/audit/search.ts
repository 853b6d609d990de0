import type { auditSearch } from '../../../domain/operations/audit-search.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { readPage } from './read-page.ts';

/** Finds a page of what is on record. */
export const createSearch =
  (resources: Pick<OperationResources, 'auditReader'>): Performer<typeof auditSearch> =>
  ({ since, until, limit, after, ...where }) =>
    readPage(resources, { since, until, where, limit, after });
