import type { RemoveThingFromThingGroupRequest } from '@aws-sdk/client-iot';
import { findMember } from '../group-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Takes a thing out of a group; one that is not in it stays out. */
export const removeThingFromThingGroup: IotOperation<RemoveThingFromThingGroupRequest> = ({ registry }, input) => {
  const { thingName, thingGroupName } = findMember(registry, input);
  registry.groupMemberships.unlink(thingName, thingGroupName);
  return {};
};
