import { invalidRequest, refusalNamed } from '../refusals.ts';
import { findThing, findThingGroup } from '../registry/find.ts';
import { childrenOf, lineageOf, rootOf } from '../registry/group-hierarchy.ts';
import type { IotRegistry } from '../registry/registry.ts';
import { nameInArn } from '../registry/resource-name.ts';
import type { IotServices } from './operation.ts';

type GroupServices = Pick<IotServices, 'registry' | 'behaviour'>;

/** GR: levels of a hierarchy, direct children of a group, groups of a thing, attributes of a group. */
const maximumDepth = 7;
const maximumChildren = 100;
const maximumGroupsOfThing = 10;
export const maximumGroupAttributes = 50;

/** Refuses a parent under which no further group fits. ResourceNotFoundException is not declared for CreateThingGroup. */
export const checkParent = (registry: IotRegistry, parentGroupName: string): void => {
  if (!registry.thingGroups.has(parentGroupName)) throw invalidRequest(`Parent thing group ${parentGroupName} cannot be found.`);
  if (lineageOf(registry, parentGroupName).length >= maximumDepth) {
    throw invalidRequest(`Thing group ${parentGroupName} is at depth ${maximumDepth}, the greatest that a hierarchy may have.`);
  }
  if (childrenOf(registry, parentGroupName).length >= maximumChildren) {
    throw invalidRequest(`Thing group ${parentGroupName} already has ${maximumChildren} direct children.`);
  }
};

/** Puts a thing into a group. Being in it already is a success. */
export const addToGroup = ({ registry, behaviour }: GroupServices, thingName: string, thingGroupName: string): void => {
  const refuse = (why: string): never => {
    throw refusalNamed(behaviour['registry.group-limit-refusal'], why);
  };
  const present = registry.groupMemberships.rightsOf(thingName);
  if (present.includes(thingGroupName)) return;
  if (present.length >= maximumGroupsOfThing) refuse(`Thing ${thingName} already belongs to ${maximumGroupsOfThing} groups.`);
  const root = rootOf(registry, thingGroupName);
  const relative = present.find((name) => rootOf(registry, name) === root);
  if (relative !== undefined) {
    refuse(`Thing ${thingName} belongs to group ${relative}, which is in the same hierarchy as ${thingGroupName}.`);
  }
  registry.groupMemberships.link(thingName, thingGroupName, true);
};

interface MemberReference {
  readonly thingName?: string | undefined;
  readonly thingArn?: string | undefined;
  readonly thingGroupName?: string | undefined;
  readonly thingGroupArn?: string | undefined;
}

const oneName = (what: string, name: string | undefined, nameFromArn: string | undefined): string => {
  const found = name ?? nameFromArn;
  if (found === undefined) throw invalidRequest(`The name or the ARN of the ${what} is required.`);
  if (nameFromArn !== undefined && nameFromArn !== found) throw invalidRequest(`Name and ARN of the ${what} differ.`);
  return found;
};

/** The thing and the group that a request names by name, ARN or both; both exist. */
export const findMember = (
  registry: IotRegistry,
  reference: MemberReference,
): { readonly thingName: string; readonly thingGroupName: string } => {
  const { thingArn, thingGroupArn } = reference;
  const thing = oneName('thing', reference.thingName, thingArn === undefined ? undefined : nameInArn(registry, 'thing', thingArn));
  const groupInArn = thingGroupArn === undefined ? undefined : nameInArn(registry, 'thinggroup', thingGroupArn);
  const group = oneName('thing group', reference.thingGroupName, groupInArn);
  return { thingName: findThing(registry, thing).thingName, thingGroupName: findThingGroup(registry, group).thingGroupName };
};
