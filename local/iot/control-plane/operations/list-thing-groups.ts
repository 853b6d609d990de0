import type { ListThingGroupsRequest } from '@aws-sdk/client-iot';
import { findThingGroup } from '../../registry/find.ts';
import { childrenOf, descendantsOf } from '../../registry/group-hierarchy.ts';
import type { ThingGroup } from '../../registry/records.ts';
import type { IotRegistry } from '../../registry/registry.ts';
import type { ValidInput } from '../../valid-input.ts';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

// SDK ListThingGroups: without a parent, `recursive` defaults to true and all groups are listed; with one, to false.
const candidates = (registry: IotRegistry, { parentGroup, recursive }: ValidInput<ListThingGroupsRequest>): readonly ThingGroup[] => {
  if (parentGroup === undefined) {
    const all = [...registry.thingGroups.values()];
    return recursive === false ? all.filter((group) => group.parentGroupName === undefined) : all;
  }
  findThingGroup(registry, parentGroup);
  return recursive === true ? descendantsOf(registry, parentGroup) : childrenOf(registry, parentGroup);
};

/** Groups, all or below a parent, by the beginning of their names. */
export const listThingGroups: IotOperation<ListThingGroupsRequest> = ({ registry }, input) => {
  const found = candidates(registry, input).filter(({ thingGroupName }) => thingGroupName.startsWith(input.namePrefixFilter ?? ''));
  const page = pageOf(found, ({ thingGroupName }) => thingGroupName, { token: input.nextToken, limit: input.maxResults });
  const thingGroups = page.items.map(({ thingGroupName }) => ({
    groupName: thingGroupName,
    groupArn: registry.arn('thinggroup', thingGroupName),
  }));
  return { thingGroups, nextToken: page.nextToken };
};
