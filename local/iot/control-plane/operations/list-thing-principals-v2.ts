import type { ListThingPrincipalsV2Request } from '@aws-sdk/client-iot';
import { findThing } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';
import { pageOfNames } from '../page.ts';
import { ofPrincipalType } from '../principal-page.ts';

/** The principals of a thing, with how each is attached. */
export const listThingPrincipalsV2: IotOperation<ListThingPrincipalsV2Request> = ({ registry }, input) => {
  const { thingName } = findThing(registry, input.thingName);
  const typeOf = (principal: string) => registry.thingPrincipals.value(thingName, principal);
  const principals = ofPrincipalType(registry.thingPrincipals.rightsOf(thingName), typeOf, input.thingPrincipalType);
  const page = pageOfNames(principals, { token: input.nextToken, limit: input.maxResults });
  const thingPrincipalObjects = page.items.map((principal) => ({ principal, thingPrincipalType: typeOf(principal) }));
  return { thingPrincipalObjects, nextToken: page.nextToken };
};
