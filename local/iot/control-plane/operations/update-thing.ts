import type { UpdateThingRequest } from '@aws-sdk/client-iot';
import { invalidRequest } from '../../refusals.ts';
import { findThing } from '../../registry/find.ts';
import { updatedAttributes } from '../attributes.ts';
import type { IotOperation } from '../operation.ts';
import { checkThingAttributes, checkUsableThingType, checkVersion } from '../thing-rules.ts';

/** Changes a thing's attributes and type; each success counts its version up. */
export const updateThing: IotOperation<UpdateThingRequest> = ({ registry }, input) => {
  const thing = findThing(registry, input.thingName);
  checkVersion(`thing ${thing.thingName}`, { present: thing.version, expected: input.expectedVersion });
  const removesType = input.removeThingType === true;
  if (removesType && input.thingTypeName !== undefined) throw invalidRequest('thingTypeName and removeThingType cannot be given together.');
  if (input.thingTypeName !== undefined && input.thingTypeName !== thing.thingTypeName) checkUsableThingType(registry, input.thingTypeName);
  const thingTypeName = removesType ? undefined : (input.thingTypeName ?? thing.thingTypeName);
  const attributes = updatedAttributes(thing.attributes, input.attributePayload);
  checkThingAttributes(attributes, { thingName: thing.thingName, thingTypeName });
  registry.things.set(thing.thingName, { ...thing, thingTypeName, attributes, version: thing.version + 1 });
  return {};
};
