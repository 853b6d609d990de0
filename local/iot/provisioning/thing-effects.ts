import { AwsError } from '../../aws-error.ts';
import { isJsonObject } from '../../json-object.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { ProvisioningRefusal } from './refusal.ts';
import type { PlannedThing } from './template/evaluate-template.ts';

/** A thing as DescribeThing shows it. */
interface ExistingThing {
  readonly thingTypeName: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
}

async function describeThing(controlPlane: ControlPlaneClient, thingName: string): Promise<ExistingThing | undefined> {
  try {
    const { thingTypeName, attributes } = await controlPlane.call('DescribeThing', { thingName });
    return {
      thingTypeName: typeof thingTypeName === 'string' ? thingTypeName : undefined,
      attributes: isJsonObject(attributes) ? attributes : {},
    };
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

const conflict = (what: string): ProvisioningRefusal =>
  new ProvisioningRefusal('resource-conflict', { log: `OverrideSettings FAIL: the thing exists with another ${what}`, device: what });

async function groupsOf(controlPlane: ControlPlaneClient, thingName: string): Promise<readonly string[]> {
  const { thingGroups } = await controlPlane.call('ListThingGroupsForThing', { thingName });
  const groups: readonly unknown[] = Array.isArray(thingGroups) ? thingGroups : [];
  return groups.flatMap((group) => (isJsonObject(group) && typeof group['groupName'] === 'string' ? [group['groupName']] : []));
}

async function createThing(controlPlane: ControlPlaneClient, thing: PlannedThing): Promise<void> {
  await controlPlane.call('CreateThing', {
    thingName: thing.thingName,
    ...(thing.thingTypeName === undefined ? {} : { thingTypeName: thing.thingTypeName }),
    ...(Object.keys(thing.attributes).length === 0 ? {} : { attributePayload: { attributes: thing.attributes } }),
    ...(thing.billingGroup === undefined ? {} : { billingGroupName: thing.billingGroup }),
  });
  for (const thingGroupName of thing.thingGroups ?? []) {
    await controlPlane.call('AddThingToThingGroup', { thingName: thing.thingName, thingGroupName });
  }
}

async function overrideAttributes(controlPlane: ControlPlaneClient, thing: PlannedThing, existing: ExistingThing): Promise<void> {
  const override = thing.overrides.attributes;
  const names = new Set([...Object.keys(thing.attributes), ...Object.keys(existing.attributes)]);
  const differ = [...names].some((name) => thing.attributes[name] !== existing.attributes[name]);
  if (!differ || override === 'DO_NOTHING') return;
  if (override === 'FAIL') throw conflict('attribute payload');
  await controlPlane.call('UpdateThing', {
    thingName: thing.thingName,
    attributePayload: { attributes: thing.attributes, merge: override === 'MERGE' },
  });
}

async function overrideThingType(controlPlane: ControlPlaneClient, thing: PlannedThing, existing: ExistingThing): Promise<void> {
  const override = thing.overrides.thingTypeName;
  const { thingName, thingTypeName } = thing;
  if (thingTypeName === undefined || thingTypeName === existing.thingTypeName || override === 'DO_NOTHING') return;
  if (override === 'FAIL') throw conflict('thing type');
  await controlPlane.call('UpdateThing', { thingName, thingTypeName });
}

async function overrideGroups(controlPlane: ControlPlaneClient, thing: PlannedThing): Promise<void> {
  const override = thing.overrides.thingGroups;
  const wanted = thing.thingGroups;
  if (wanted === undefined || override === 'DO_NOTHING') return;
  const actual = await groupsOf(controlPlane, thing.thingName);
  const toAdd = wanted.filter((group) => !actual.includes(group));
  const toRemove = override === 'MERGE' ? [] : actual.filter((group) => !wanted.includes(group));
  if (toAdd.length === 0 && toRemove.length === 0) return;
  if (override === 'FAIL') throw conflict('set of thing groups');
  await controlPlane.call('UpdateThingGroupsForThing', {
    thingName: thing.thingName,
    thingGroupsToAdd: toAdd,
    thingGroupsToRemove: toRemove,
  });
}

/**
 * Makes the thing, or treats the existing one as the template's override settings say (DG:provision-template). `FAIL` is
 * assumed to fail only where the template and the thing differ.
 */
export async function applyThing(controlPlane: ControlPlaneClient, thing: PlannedThing): Promise<void> {
  const existing = await describeThing(controlPlane, thing.thingName);
  if (existing === undefined) {
    await createThing(controlPlane, thing);
    return;
  }
  await overrideAttributes(controlPlane, thing, existing);
  await overrideThingType(controlPlane, thing, existing);
  await overrideGroups(controlPlane, thing);
}
