import type { ListThingsInThingGroupRequest } from '@aws-sdk/client-iot';
import { findThingGroup } from '../../registry/find.ts';
import { descendantsOf } from '../../registry/group-hierarchy.ts';
import type { IotOperation } from '../operation.ts';
import { pageOfNames } from '../page.ts';

/** The things in a group; `recursive` adds those in the groups below it. */
export const listThingsInThingGroup: IotOperation<ListThingsInThingGroupRequest> = ({ registry }, input) => {
  const group = findThingGroup(registry, input.thingGroupName);
  const groups = input.recursive === true ? [group, ...descendantsOf(registry, group.thingGroupName)] : [group];
  const names = new Set(groups.flatMap(({ thingGroupName }) => registry.groupMemberships.leftsOf(thingGroupName)));
  const page = pageOfNames(names, { token: input.nextToken, limit: input.maxResults });
  return { things: page.items, nextToken: page.nextToken };
};
