import type { ListPrincipalThingsV2Request } from '@aws-sdk/client-iot';
import { findPrincipal } from '../../registry/principals.ts';
import type { IotOperation } from '../operation.ts';
import { pageOfNames } from '../page.ts';
import { ofPrincipalType } from '../principal-page.ts';

/** The things of a principal, with how it is attached to each. */
export const listPrincipalThingsV2: IotOperation<ListPrincipalThingsV2Request> = ({ registry }, input) => {
  const principal = findPrincipal(registry, input.principal);
  const typeOf = (thingName: string) => registry.thingPrincipals.value(thingName, principal);
  const things = ofPrincipalType(registry.thingPrincipals.leftsOf(principal), typeOf, input.thingPrincipalType);
  const page = pageOfNames(things, { token: input.nextToken, limit: input.maxResults });
  const principalThingObjects = page.items.map((thingName) => ({ thingName, thingPrincipalType: typeOf(thingName) }));
  return { principalThingObjects, nextToken: page.nextToken };
};
