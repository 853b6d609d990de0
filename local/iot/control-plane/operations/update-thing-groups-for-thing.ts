import type { UpdateThingGroupsForThingRequest } from '@aws-sdk/client-iot';
import { invalidRequest } from '../../refusals.ts';
import { findMember } from '../group-rules.ts';
import { addToGroup } from '../group-rules.ts';
import type { IotOperation } from '../operation.ts';

// SM ThingGroupList carries no limit; the documentation says 10 of each.
const maximumNames = 10;

/** Takes a thing out of groups and puts it into others, all or nothing. */
export const updateThingGroupsForThing: IotOperation<UpdateThingGroupsForThingRequest> = (services, input) => {
  const { registry } = services;
  const { thingName, thingGroupsToAdd = [], thingGroupsToRemove = [] } = input;
  if (thingName === undefined) throw invalidRequest('The name of the thing is required.');
  if (Math.max(thingGroupsToAdd.length, thingGroupsToRemove.length) > maximumNames) {
    throw invalidRequest(`At most ${maximumNames} groups can be added and ${maximumNames} removed at once.`);
  }
  for (const thingGroupName of [...thingGroupsToAdd, ...thingGroupsToRemove]) findMember(registry, { thingName, thingGroupName });
  const before = registry.groupMemberships.rightsOf(thingName);
  try {
    for (const name of thingGroupsToRemove) registry.groupMemberships.unlink(thingName, name);
    for (const name of thingGroupsToAdd) addToGroup(services, thingName, name);
  } catch (error) {
    registry.groupMemberships.unlinkLeft(thingName);
    for (const name of before) registry.groupMemberships.link(thingName, name, true);
    throw error;
  }
  return {};
};
