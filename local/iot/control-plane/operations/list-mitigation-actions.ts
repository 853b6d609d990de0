import type { ListMitigationActionsRequest, ListMitigationActionsResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** Mitigation actions, all or of one kind. */
export const listMitigationActions: IotOperation<ListMitigationActionsRequest, ListMitigationActionsResponse> = (
  { registry, defender },
  { actionType, nextToken, maxResults },
) => {
  const wanted = [...defender.mitigationActions.values()].filter(({ kind }) => actionType === undefined || kind === actionType);
  const page = pageOf(wanted, ({ actionName }) => actionName, { token: nextToken, limit: maxResults });
  const actionIdentifiers = page.items.map(({ actionName, createdAt }) => ({
    ...{ actionName, actionArn: registry.arn('mitigationaction', actionName), creationDate: new Date(createdAt) },
  }));
  return { actionIdentifiers, nextToken: page.nextToken };
};
