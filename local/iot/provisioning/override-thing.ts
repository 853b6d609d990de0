import { isJsonObject } from '../../json-object.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { ProvisioningRefusal } from './refusal.ts';
import type { PlannedThing } from './template/evaluate-template.ts';
import type { Override } from './template/template-document.ts';

/** A thing as DescribeThing shows it. */
export interface ExistingThing {
  readonly thingTypeName: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** One property in which the template and the thing may differ. */
interface Change {
  readonly property: string;
  readonly override: Override;
  readonly differs: boolean;
  readonly apply: () => Promise<unknown>;
}

interface Ports {
  readonly controlPlane: ControlPlaneClient;
  readonly behaviour: IotBehaviour;
}

function attributesChange({ controlPlane }: Ports, thing: PlannedThing, existing: ExistingThing): Change {
  const { attributes, thingName, overrides } = thing;
  const override = overrides.attributes;
  // What is merged adds and changes; only what replaces takes away.
  const names = new Set([...Object.keys(attributes), ...(override === 'MERGE' ? [] : Object.keys(existing.attributes))]);
  return {
    ...{ property: 'attribute payload', override },
    differs: [...names].some((name) => attributes[name] !== existing.attributes[name]),
    apply: () => controlPlane.call('UpdateThing', { thingName, attributePayload: { attributes, merge: override === 'MERGE' } }),
  };
}

function thingTypeChange({ controlPlane }: Ports, thing: PlannedThing, existing: ExistingThing): Change {
  const { thingName, thingTypeName } = thing;
  return {
    ...{ property: 'thing type', override: thing.overrides.thingTypeName },
    differs: thingTypeName !== undefined && thingTypeName !== existing.thingTypeName,
    apply: () => controlPlane.call('UpdateThing', { thingName, thingTypeName }),
  };
}

async function groupsOf(controlPlane: ControlPlaneClient, thingName: string): Promise<readonly string[]> {
  const { thingGroups } = await controlPlane.call('ListThingGroupsForThing', { thingName });
  const groups: readonly unknown[] = Array.isArray(thingGroups) ? thingGroups : [];
  return groups.flatMap((group) => (isJsonObject(group) && typeof group['groupName'] === 'string' ? [group['groupName']] : []));
}

async function groupsChange({ controlPlane }: Ports, { thingName, thingGroups = [], overrides }: PlannedThing): Promise<Change> {
  const override = overrides.thingGroups;
  const actual = await groupsOf(controlPlane, thingName);
  const thingGroupsToAdd = thingGroups.filter((group) => !actual.includes(group));
  const thingGroupsToRemove = override === 'MERGE' ? [] : actual.filter((group) => !thingGroups.includes(group));
  return {
    ...{ property: 'set of thing groups', override },
    differs: thingGroupsToAdd.length > 0 || thingGroupsToRemove.length > 0,
    apply: () => controlPlane.call('UpdateThingGroupsForThing', { thingName, thingGroupsToAdd, thingGroupsToRemove }),
  };
}

function refuseConflict({ property, override, differs }: Change, behaviour: IotBehaviour): void {
  const fails = override === 'FAIL' && (differs || behaviour['template.override-fail'] === 'on-existence');
  if (!fails) return;
  const log = `OverrideSettings FAIL: the thing exists${differs ? ` with another ${property}` : ''}`;
  throw new ProvisioningRefusal('resource-conflict', { log, device: property });
}

/** Treats a thing that exists as the override settings say (DG:provision-template). Nothing changes when any of them fails. */
export async function overrideThing(ports: Ports, thing: PlannedThing, existing: ExistingThing): Promise<void> {
  const changes = [attributesChange(ports, thing, existing), thingTypeChange(ports, thing, existing)];
  const concernsGroups = thing.thingGroups !== undefined && thing.overrides.thingGroups !== 'DO_NOTHING';
  if (concernsGroups) changes.push(await groupsChange(ports, thing));
  for (const change of changes) refuseConflict(change, ports.behaviour);
  for (const { override, differs, apply } of changes) if (differs && override !== 'DO_NOTHING') await apply();
}
