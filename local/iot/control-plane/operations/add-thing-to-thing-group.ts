import type { AddThingToThingGroupRequest } from '@aws-sdk/client-iot';
import { addToGroup, findMember } from '../group-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Puts a thing into a static group. */
export const addThingToThingGroup: IotOperation<AddThingToThingGroupRequest> = ({ registry }, input) => {
  const { thingName, thingGroupName } = findMember(registry, input);
  addToGroup(registry, thingName, thingGroupName);
  return {};
};
