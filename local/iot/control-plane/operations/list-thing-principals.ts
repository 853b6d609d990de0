import type { ListThingPrincipalsRequest } from '@aws-sdk/client-iot';
import { findThing } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';
import { pageOfNames } from '../page.ts';

/** The principals of a thing. */
export const listThingPrincipals: IotOperation<ListThingPrincipalsRequest> = ({ registry }, { thingName, nextToken, maxResults }) => {
  findThing(registry, thingName);
  const page = pageOfNames(registry.thingPrincipals.rightsOf(thingName), { token: nextToken, limit: maxResults });
  return { principals: page.items, nextToken: page.nextToken };
};
