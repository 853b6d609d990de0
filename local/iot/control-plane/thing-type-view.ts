import type { IotRegistry } from '../registry/registry.ts';
import type { ThingType } from '../registry/records.ts';

/** What both DescribeThingType and ListThingTypes answer of a type. */
export const thingTypeView = (registry: IotRegistry, type: ThingType) => ({
  thingTypeName: type.thingTypeName,
  thingTypeArn: registry.arn('thingtype', type.thingTypeName),
  thingTypeProperties: type.properties,
  thingTypeMetadata: {
    deprecated: type.deprecatedAt !== undefined,
    deprecationDate: type.deprecatedAt === undefined ? undefined : new Date(type.deprecatedAt),
    creationDate: new Date(type.createdAt),
  },
});
