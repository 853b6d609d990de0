import type { ListPrincipalThingsRequest } from '@aws-sdk/client-iot';
import { findPrincipal } from '../../registry/principals.ts';
import type { IotOperation } from '../operation.ts';
import { pageOfNames } from '../page.ts';

/** The things of a principal. */
export const listPrincipalThings: IotOperation<ListPrincipalThingsRequest> = ({ registry }, { principal, nextToken, maxResults }) => {
  const things = registry.thingPrincipals.leftsOf(findPrincipal(registry, principal));
  const page = pageOfNames(things, { token: nextToken, limit: maxResults });
  return { things: page.items, nextToken: page.nextToken };
};
