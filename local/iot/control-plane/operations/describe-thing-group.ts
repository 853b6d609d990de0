import type { DescribeThingGroupRequest } from '@aws-sdk/client-iot';
import { findThingGroup } from '../../registry/find.ts';
import { lineageOf } from '../../registry/group-hierarchy.ts';
import type { IotOperation } from '../operation.ts';

/** A group with its attributes, version and ancestors. */
export const describeThingGroup: IotOperation<DescribeThingGroupRequest> = ({ registry }, { thingGroupName }) => {
  const group = findThingGroup(registry, thingGroupName);
  const ancestors = lineageOf(registry, thingGroupName).slice(1).toReversed();
  return {
    thingGroupName,
    thingGroupId: group.thingGroupId,
    thingGroupArn: registry.arn('thinggroup', thingGroupName),
    version: group.version,
    thingGroupProperties: { thingGroupDescription: group.description, attributePayload: { attributes: group.attributes } },
    thingGroupMetadata: {
      parentGroupName: group.parentGroupName,
      rootToParentThingGroups: ancestors.map((each) => ({
        groupName: each.thingGroupName,
        groupArn: registry.arn('thinggroup', each.thingGroupName),
      })),
      creationDate: new Date(group.createdAt),
    },
  };
};
