import type { IotDirectory } from '../directory.ts';
import { lineageOf } from '../registry/group-hierarchy.ts';
import type { IotRegistry } from '../registry/registry.ts';
import type { ThingGroupsOf } from './choose-log-group.ts';

/** Finds the thing groups of whoever an entry is about: those of the thing that goes with the certificate and the client id. */
export const thingGroupsOf =
  (registry: IotRegistry, directory: IotDirectory): ThingGroupsOf =>
  ({ clientId, principalId }) => {
    const thing = directory.associatedThing(principalId, clientId);
    if (thing === undefined) return [];
    const groups = registry.groupMemberships.rightsOf(thing.thingName);
    return groups.map((name) => lineageOf(registry, name).map(({ thingGroupName }) => thingGroupName));
  };
