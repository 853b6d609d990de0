import type { Thing, ThingGroup, ThingType } from '../registry/records.ts';
import { lineageOf } from '../registry/group-hierarchy.ts';
import type { MembershipChange, RegistryChange } from '../registry/registry-changes.ts';
import type { IotRegistry } from '../registry/registry.ts';
import type { EventKind } from './event-configurations.ts';
import { membershipIdOf } from './membership-id.ts';

/** A registry event but for its id and time. */
export interface RegistryEvent {
  /** What the account must have enabled. */
  readonly kind: EventKind;
  /** Behind `$aws/events/`. */
  readonly topic: string;
  readonly operation: 'CREATED' | 'UPDATED' | 'DELETED' | 'ADDED' | 'REMOVED';
  readonly members: Readonly<Record<string, unknown>>;
}

type EntryOperation = 'CREATED' | 'UPDATED' | 'DELETED';

const operationOf = ({ before, after }: { readonly before: unknown; readonly after: unknown }): EntryOperation => {
  if (before === undefined) return 'CREATED';
  return after === undefined ? 'DELETED' : 'UPDATED';
};

const thingEvent = (thing: Thing, operation: EntryOperation): RegistryEvent => ({
  kind: 'THING',
  topic: `thing/${thing.thingName}`,
  operation,
  members: {
    thingId: thing.thingId,
    thingName: thing.thingName,
    versionNumber: thing.version,
    thingTypeName: thing.thingTypeName ?? null,
    attributes: thing.attributes,
  },
});

const associationEvent = ({ thingName, thingId, thingTypeName }: Thing, operation: 'ADDED' | 'REMOVED'): readonly RegistryEvent[] =>
  thingTypeName === undefined
    ? []
    : [
        {
          kind: 'THING_TYPE_ASSOCIATION',
          topic: `thingTypeAssociation/thing/${thingName}/thingType/${thingTypeName}`,
          operation,
          members: { thingId, thingName, thingTypeName },
        },
      ];

const thingEvents = (before: Thing | undefined, after: Thing | undefined): readonly RegistryEvent[] => {
  const thing = after ?? before;
  if (thing === undefined) return [];
  const isSameType = before?.thingTypeName === after?.thingTypeName;
  return [
    thingEvent(thing, operationOf({ before, after })),
    ...(isSameType || before === undefined ? [] : associationEvent(before, 'REMOVED')),
    ...(isSameType || after === undefined ? [] : associationEvent(after, 'ADDED')),
  ];
};

const thingTypeEvents = (before: ThingType | undefined, after: ThingType | undefined): readonly RegistryEvent[] => {
  const type = after ?? before;
  if (type === undefined) return [];
  return [
    {
      kind: 'THING_TYPE',
      topic: `thingType/${type.thingTypeName}`,
      operation: operationOf({ before, after }),
      members: {
        thingTypeId: type.thingTypeId,
        thingTypeName: type.thingTypeName,
        isDeprecated: type.deprecatedAt !== undefined,
        deprecationDate: type.deprecatedAt ?? null,
        searchableAttributes: type.properties.searchableAttributes ?? [],
        description: type.properties.thingTypeDescription ?? null,
      },
    },
  ];
};

const groupEvent = (registry: IotRegistry, group: ThingGroup, operation: EntryOperation): RegistryEvent => {
  const ancestors = group.parentGroupName === undefined ? [] : lineageOf(registry, group.parentGroupName);
  return {
    kind: 'THING_GROUP',
    topic: `thingGroup/${group.thingGroupName}`,
    operation,
    members: {
      thingGroupId: group.thingGroupId,
      thingGroupName: group.thingGroupName,
      versionNumber: group.version,
      parentGroupName: group.parentGroupName ?? null,
      parentGroupId: ancestors[0]?.thingGroupId ?? null,
      description: group.description ?? null,
      rootToParentThingGroups:
        ancestors.length === 0
          ? null
          : ancestors.map(({ thingGroupName, thingGroupId }) => ({
              groupArn: registry.arn('thinggroup', thingGroupName),
              groupId: thingGroupId,
            })),
      attributes: group.attributes,
      dynamicGroupMappingId: null,
    },
  };
};

const hierarchyEvent = (registry: IotRegistry, child: ThingGroup, operation: 'ADDED' | 'REMOVED'): readonly RegistryEvent[] => {
  const parent = registry.thingGroups.get(child.parentGroupName ?? '');
  if (parent === undefined) return [];
  return [
    {
      kind: 'THING_GROUP_HIERARCHY',
      topic: `thingGroupHierarchy/thingGroup/${parent.thingGroupName}/childThingGroup/${child.thingGroupName}`,
      operation,
      members: {
        thingGroupId: parent.thingGroupId,
        thingGroupName: parent.thingGroupName,
        childGroupId: child.thingGroupId,
        childGroupName: child.thingGroupName,
      },
    },
  ];
};

const groupEvents = (registry: IotRegistry, before: ThingGroup | undefined, after: ThingGroup | undefined): readonly RegistryEvent[] => {
  const group = after ?? before;
  if (group === undefined) return [];
  const own = groupEvent(registry, group, operationOf({ before, after }));
  if (before === undefined) return [own, ...hierarchyEvent(registry, group, 'ADDED')];
  return after === undefined ? [own, ...hierarchyEvent(registry, group, 'REMOVED')] : [own];
};

const membershipEvents = (registry: IotRegistry, { thingName, thingGroupName, isMember }: MembershipChange): readonly RegistryEvent[] => {
  const thing = registry.things.get(thingName);
  const group = registry.thingGroups.get(thingGroupName);
  if (thing === undefined || group === undefined) return [];
  return [
    {
      kind: 'THING_GROUP_MEMBERSHIP',
      topic: `thingGroupMembership/thingGroup/${thingGroupName}/thing/${thingName}`,
      operation: isMember ? 'ADDED' : 'REMOVED',
      members: {
        groupArn: registry.arn('thinggroup', thingGroupName),
        groupId: group.thingGroupId,
        thingArn: registry.arn('thing', thingName),
        thingId: thing.thingId,
        membershipId: membershipIdOf(group.thingGroupId, thing.thingId),
      },
    },
  ];
};

/** The events of a change (DG:registry-events), in the order in which they are published. */
export const registryEventsOf = (registry: IotRegistry, change: RegistryChange): readonly RegistryEvent[] => {
  switch (change.kind) {
    case 'thing':
      return thingEvents(change.before, change.after);
    case 'thing-type':
      return thingTypeEvents(change.before, change.after);
    case 'thing-group':
      return groupEvents(registry, change.before, change.after);
    case 'membership':
      return membershipEvents(registry, change);
  }
};
