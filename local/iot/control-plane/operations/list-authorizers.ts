import type { ListAuthorizersRequest, ListAuthorizersResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** Authorizers by name, all or those of one status. */
export const listAuthorizers: IotOperation<ListAuthorizersRequest, ListAuthorizersResponse> = ({ registry }, input) => {
  const found = [...registry.authorizers.values()].filter(({ status }) => input.status === undefined || input.status === status);
  const page = pageOf(found, ({ authorizerName }) => authorizerName, {
    token: input.marker,
    limit: input.pageSize,
    isDescending: input.ascendingOrder === false,
  });
  const authorizers = page.items.map(({ authorizerName }) => ({
    authorizerName,
    authorizerArn: registry.arn('authorizer', authorizerName),
  }));
  return { authorizers, nextMarker: page.nextToken };
};
