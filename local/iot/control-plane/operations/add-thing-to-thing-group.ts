import type { AddThingToThingGroupRequest } from '@aws-sdk/client-iot';
import { addToGroup, findMember } from '../group-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Puts a thing into a static group. */
export const addThingToThingGroup: IotOperation<AddThingToThingGroupRequest> = (services, input) => {
  const { thingName, thingGroupName } = findMember(services.registry, input);
  addToGroup(services, thingName, thingGroupName);
  return {};
};
