import type { UpdateThingTypeRequest } from '@aws-sdk/client-iot';
import { invalidRequest } from '../../refusals.ts';
import { findThingType } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

/** Sets a thing type's MQTT 5 configuration; description and searchable attributes are fixed at creation. */
export const updateThingType: IotOperation<UpdateThingTypeRequest> = ({ registry }, { thingTypeName, thingTypeProperties = {} }) => {
  const type = findThingType(registry, thingTypeName);
  const { thingTypeDescription, searchableAttributes, mqtt5Configuration } = thingTypeProperties;
  if (thingTypeDescription !== undefined && thingTypeDescription !== type.properties.thingTypeDescription) {
    throw invalidRequest('The description of a thing type cannot be changed.');
  }
  if (searchableAttributes !== undefined && searchableAttributes.join() !== (type.properties.searchableAttributes ?? []).join()) {
    throw invalidRequest('The searchable attributes of a thing type cannot be changed.');
  }
  registry.thingTypes.set(thingTypeName, { ...type, properties: { ...type.properties, mqtt5Configuration } });
  return {};
};
