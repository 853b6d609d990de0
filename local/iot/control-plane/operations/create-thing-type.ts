import { isDeepStrictEqual } from 'node:util';
import type { CreateThingTypeRequest, CreateThingTypeResponse } from '@aws-sdk/client-iot';
import { alreadyExists } from '../../refusals.ts';
import { addTags } from '../../registry/tagging.ts';
import type { IotOperation } from '../operation.ts';
import { checkThingTypeProperties } from '../thing-type-properties.ts';

/** Creates a thing type; repeating the same name with the same configuration succeeds (SDK CreateThingType). */
export const createThingType: IotOperation<CreateThingTypeRequest, CreateThingTypeResponse> = ({ registry }, input) => {
  const { thingTypeName, thingTypeProperties: properties = {} } = input;
  checkThingTypeProperties(properties);
  const thingTypeArn = registry.arn('thingtype', thingTypeName);
  const existing = registry.thingTypes.get(thingTypeName);
  if (existing !== undefined && !isDeepStrictEqual(existing.properties, properties)) {
    throw alreadyExists(`ThingType ${thingTypeName} already exists with different properties`, {
      id: existing.thingTypeId,
      arn: thingTypeArn,
    });
  }
  if (existing !== undefined) return { thingTypeName, thingTypeArn, thingTypeId: existing.thingTypeId };
  addTags(registry, thingTypeArn, input.tags);
  const thingTypeId = registry.newId();
  registry.thingTypes.set(thingTypeName, {
    thingTypeName,
    thingTypeId,
    properties,
    createdAt: registry.clock.now(),
    deprecatedAt: undefined,
  });
  return { thingTypeName, thingTypeArn, thingTypeId };
};
