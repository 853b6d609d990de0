import type { ListThingGroupsForThingRequest } from '@aws-sdk/client-iot';
import { findThing } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';
import { pageOfNames } from '../page.ts';

/** The groups that a thing is directly in. */
export const listThingGroupsForThing: IotOperation<ListThingGroupsForThingRequest> = (
  { registry },
  { thingName, nextToken, maxResults },
) => {
  findThing(registry, thingName);
  const page = pageOfNames(registry.groupMemberships.rightsOf(thingName), { token: nextToken, limit: maxResults });
  const thingGroups = page.items.map((groupName) => ({ groupName, groupArn: registry.arn('thinggroup', groupName) }));
  return { thingGroups, nextToken: page.nextToken };
};
