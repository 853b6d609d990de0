import type { UpdateThingGroupRequest, UpdateThingGroupResponse } from '@aws-sdk/client-iot';
import { findThingGroup } from '../../registry/find.ts';
import { checkAttributes, updatedAttributes } from '../attributes.ts';
import { maximumGroupAttributes } from '../group-rules.ts';
import type { IotOperation } from '../operation.ts';
import { checkVersion } from '../thing-rules.ts';

/** Changes a group's description and attributes; each success counts its version up. */
export const updateThingGroup: IotOperation<UpdateThingGroupRequest, UpdateThingGroupResponse> = ({ registry }, input) => {
  const group = findThingGroup(registry, input.thingGroupName);
  checkVersion(`thing group ${group.thingGroupName}`, { present: group.version, expected: input.expectedVersion });
  const { thingGroupDescription, attributePayload } = input.thingGroupProperties;
  const attributes = updatedAttributes(group.attributes, attributePayload);
  checkAttributes(attributes, { maximum: maximumGroupAttributes, owner: `Thing group ${group.thingGroupName}` });
  const version = group.version + 1;
  registry.thingGroups.set(group.thingGroupName, {
    ...group,
    description: thingGroupDescription ?? group.description,
    attributes,
    version,
  });
  return { version };
};
