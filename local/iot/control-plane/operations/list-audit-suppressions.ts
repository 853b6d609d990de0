import type { ListAuditSuppressionsRequest, ListAuditSuppressionsResponse } from '@aws-sdk/client-iot';
import { isNamedBy } from '../../defender/audit-finding.ts';
import { suppressionView } from '../audit-rules.ts';
import type { IotOperation } from '../operation.ts';
import { keyByTime, pageOf } from '../page.ts';

/** Suppressions by when they end, those that never do last unless asked otherwise. */
export const listAuditSuppressions: IotOperation<ListAuditSuppressionsRequest, ListAuditSuppressionsResponse> = (
  { defender },
  { checkName, resourceIdentifier = {}, ascendingOrder, nextToken, maxResults },
) => {
  const wanted = defender.suppressions
    .all()
    .filter((one) => (checkName === undefined || one.checkName === checkName) && isNamedBy(one.resourceIdentifier, resourceIdentifier));
  const keyOf = (one: (typeof wanted)[number]): string =>
    keyByTime(one.expiresAt ?? 999_999_999_999_999, `${one.checkName} ${JSON.stringify(one.resourceIdentifier)}`);
  const page = pageOf(wanted, keyOf, { token: nextToken, limit: maxResults, isDescending: ascendingOrder !== true });
  return { suppressions: page.items.map(suppressionView), nextToken: page.nextToken };
};
