import type { ThingGroup } from './records.ts';
import type { IotRegistry } from './registry.ts';

/** The group and its ancestors, from itself to the root. Names of groups that are gone are left out. */
export const lineageOf = (registry: IotRegistry, thingGroupName: string): readonly ThingGroup[] => {
  const lineage: ThingGroup[] = [];
  let next: string | undefined = thingGroupName;
  while (next !== undefined) {
    const group: ThingGroup | undefined = registry.thingGroups.get(next);
    if (group === undefined) break;
    lineage.push(group);
    next = group.parentGroupName;
  }
  return lineage;
};

/** The name of the group at the top of the hierarchy that this one belongs to. */
export const rootOf = (registry: IotRegistry, thingGroupName: string): string =>
  lineageOf(registry, thingGroupName).at(-1)?.thingGroupName ?? thingGroupName;

export const childrenOf = (registry: IotRegistry, thingGroupName: string): readonly ThingGroup[] =>
  [...registry.thingGroups.values()].filter((group) => group.parentGroupName === thingGroupName);

/** Every group below this one, without itself. */
export const descendantsOf = (registry: IotRegistry, thingGroupName: string): readonly ThingGroup[] =>
  childrenOf(registry, thingGroupName).flatMap((child) => [child, ...descendantsOf(registry, child.thingGroupName)]);
