import { AwsError } from '../../aws-error.ts';
import { isJsonObject } from '../../json-object.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { overrideThing, type ExistingThing } from './override-thing.ts';
import type { PlannedThing } from './template/evaluate-template.ts';

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

/** Makes the thing, or treats the existing one as the template's override settings say (DG:provision-template). */
export async function applyThing(
  ports: { readonly controlPlane: ControlPlaneClient; readonly behaviour: IotBehaviour },
  thing: PlannedThing,
): Promise<void> {
  const existing = await describeThing(ports.controlPlane, thing.thingName);
  await (existing === undefined ? createThing(ports.controlPlane, thing) : overrideThing(ports, thing, existing));
}
