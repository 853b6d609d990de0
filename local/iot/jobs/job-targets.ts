import { descendantsOf } from '../registry/group-hierarchy.ts';
import type { IotRegistry } from '../registry/registry.ts';
import { nameInArn } from '../registry/resource-name.ts';

/** A target's group with those below it. */
const groupNames = (registry: IotRegistry, target: string): readonly string[] => {
  const group = nameInArn(registry, 'thinggroup', target);
  return group === undefined ? [] : [group, ...descendantsOf(registry, group).map(({ thingGroupName }) => thingGroupName)];
};

/** The things that a job's targets stand for now. */
export const thingsOf = (registry: IotRegistry, targets: readonly string[]): ReadonlySet<string> => {
  const named = targets.flatMap((target) => nameInArn(registry, 'thing', target) ?? []);
  const members = targets.flatMap((target) => groupNames(registry, target)).flatMap((group) => registry.groupMemberships.leftsOf(group));
  return new Set([...named, ...members].filter((thingName) => registry.things.has(thingName)));
};

/** Whether there is such a thing or group. */
export const isTarget = (registry: IotRegistry, target: string): boolean =>
  registry.things.has(nameInArn(registry, 'thing', target) ?? '') ||
  registry.thingGroups.has(nameInArn(registry, 'thinggroup', target) ?? '');
