import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import type { IotRegistry } from '../registry/registry.ts';
import { withSmallInitials } from './member-case.ts';
import { refuseExisting } from './not-yet-there.ts';
import { outputText } from './output-text.ts';
import { changeTags } from './resource-tags.ts';
import { createThingTypeDeletion } from './thing-type-deletion.ts';

const type = 'AWS::IoT::ThingType';

const schema = z.strictObject({
  ThingTypeName: stringProperty.optional(),
  DeprecateThingType: booleanProperty.optional(),
  ThingTypeProperties: z
    .strictObject({
      ThingTypeDescription: stringProperty.optional(),
      SearchableAttributes: z.array(stringProperty).optional(),
      Mqtt5Configuration: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  Tags: tagsProperty.optional(),
});

const read = (properties: Properties) => parseProperties(type, schema, properties);

type ThingTypeProperties = NonNullable<ReturnType<typeof read>['ThingTypeProperties']>;

// AWS's handler refuses these changes instead of replacing the type, which its things could not follow.
const refuseFixedChange = (from: ThingTypeProperties = {}, to: ThingTypeProperties = {}): void => {
  for (const name of ['ThingTypeDescription', 'SearchableAttributes'] as const) {
    if (isDeepStrictEqual(from[name], to[name])) continue;
    throw new AwsError('NotUpdatable', `Parameter '${name}' cannot be added/updated/removed`);
  }
};

export const thingTypeResource = (client: ControlPlaneClient, registry: IotRegistry): ResourceProvider => {
  const deletion = createThingTypeDeletion(client, registry);
  return {
    type,
    createOnly: ['ThingTypeName'],
    create: async (properties, context) => {
      const { ThingTypeName, ThingTypeProperties, DeprecateThingType, Tags } = read(properties);
      const thingTypeName = ThingTypeName ?? context.generateName(128).replaceAll('-', '_');
      deletion.finish(thingTypeName);
      await refuseExisting(client, 'DescribeThingType', { type, member: 'thingTypeName', name: thingTypeName });
      const thingTypeProperties = withSmallInitials(ThingTypeProperties ?? {});
      const created = await client.call('CreateThingType', { thingTypeName, thingTypeProperties, tags: Tags });
      if (DeprecateThingType === true) await client.call('DeprecateThingType', { thingTypeName });
      return {
        physicalId: thingTypeName,
        attributes: { Arn: outputText(created, 'thingTypeArn'), Id: outputText(created, 'thingTypeId') },
      };
    },
    update: async (state, change) => {
      const from = read(change.from);
      const to = read(change.to);
      const thingTypeName = state.physicalId;
      refuseFixedChange(from.ThingTypeProperties, to.ThingTypeProperties);
      if (!isDeepStrictEqual(from.ThingTypeProperties, to.ThingTypeProperties)) {
        await client.call('UpdateThingType', { thingTypeName, thingTypeProperties: withSmallInitials(to.ThingTypeProperties ?? {}) });
      }
      if (from.DeprecateThingType !== to.DeprecateThingType) {
        await client.call('DeprecateThingType', { thingTypeName, undoDeprecate: to.DeprecateThingType !== true });
      }
      await changeTags(client, String(state.attributes['Arn']), { from: from.Tags, to: to.Tags });
      return state;
    },
    delete: (state) => tolerating(['ResourceNotFoundException'], deletion.delete(state.physicalId)),
  };
};
