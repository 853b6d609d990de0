import type { DeleteThingGroupRequest } from '@aws-sdk/client-iot';
import { invalidRequest, notFound } from '../../refusals.ts';
import { childrenOf } from '../../registry/group-hierarchy.ts';
import type { IotOperation } from '../operation.ts';
import { checkVersion } from '../thing-rules.ts';

/**
 * Deletes a group without child groups. Things in it and policies on it do not stand in the way: its things lose what it
 * gave them (DG:thing-groups).
 */
export const deleteThingGroup: IotOperation<DeleteThingGroupRequest> = ({ registry, behaviour }, { thingGroupName, expectedVersion }) => {
  const group = registry.thingGroups.get(thingGroupName);
  if (group === undefined) {
    if (behaviour['registry.delete-missing-thing-group'] === 'accepted') return {};
    throw notFound(`Thing group ${thingGroupName} cannot be found.`);
  }
  checkVersion(`thing group ${thingGroupName}`, { present: group.version, expected: expectedVersion });
  if (childrenOf(registry, thingGroupName).length > 0) {
    throw invalidRequest(`Cannot delete thing group : ${thingGroupName} when there are still child groups attached to it.`);
  }
  const arn = registry.arn('thinggroup', thingGroupName);
  registry.groupMemberships.unlinkRight(thingGroupName);
  registry.policyAttachments.unlinkLeft(arn);
  registry.thingGroups.delete(thingGroupName);
  registry.tags.delete(arn);
  return {};
};
