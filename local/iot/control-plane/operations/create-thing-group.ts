import { isDeepStrictEqual } from 'node:util';
import type { CreateThingGroupRequest, CreateThingGroupResponse } from '@aws-sdk/client-iot';
import { alreadyExists } from '../../refusals.ts';
import type { ThingGroup } from '../../registry/records.ts';
import { addTags } from '../../registry/tagging.ts';
import { checkAttributes } from '../attributes.ts';
import { checkParent, maximumGroupAttributes } from '../group-rules.ts';
import type { IotOperation } from '../operation.ts';

type Definition = Pick<ThingGroup, 'parentGroupName' | 'description' | 'attributes'>;

const definitionOf = ({ parentGroupName, description, attributes }: Definition): Definition => ({
  parentGroupName,
  description,
  attributes,
});

/** Creates a static thing group; repeating it with the same attributes succeeds (SDK CreateThingGroup). */
export const createThingGroup: IotOperation<CreateThingGroupRequest, CreateThingGroupResponse> = ({ registry }, input) => {
  const { thingGroupName, parentGroupName, thingGroupProperties } = input;
  const attributes = thingGroupProperties?.attributePayload?.attributes ?? {};
  const definition = { parentGroupName, description: thingGroupProperties?.thingGroupDescription, attributes };
  checkAttributes(attributes, { maximum: maximumGroupAttributes, owner: `Thing group ${thingGroupName}` });
  const thingGroupArn = registry.arn('thinggroup', thingGroupName);
  const existing = registry.thingGroups.get(thingGroupName);
  if (existing !== undefined && !isDeepStrictEqual(definitionOf(existing), definition)) {
    throw alreadyExists(`Thing group ${thingGroupName} already exists with different properties`, {
      id: existing.thingGroupId,
      arn: thingGroupArn,
    });
  }
  if (existing !== undefined) return { thingGroupName, thingGroupArn, thingGroupId: existing.thingGroupId };
  if (parentGroupName !== undefined) checkParent(registry, parentGroupName);
  addTags(registry, thingGroupArn, input.tags);
  const thingGroupId = registry.newId();
  registry.thingGroups.set(thingGroupName, { thingGroupName, thingGroupId, ...definition, createdAt: registry.clock.now(), version: 1 });
  return { thingGroupName, thingGroupArn, thingGroupId };
};
