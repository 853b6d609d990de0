import * as z from 'zod';
import { parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { refuseExisting } from './not-yet-there.ts';
import { outputText } from './output-text.ts';
import { changeTags } from './resource-tags.ts';

const type = 'AWS::IoT::ThingGroup';

// Without QueryString: the local AWS has no dynamic groups.
const schema = z.strictObject({
  ThingGroupName: stringProperty.optional(),
  ParentGroupName: stringProperty.optional(),
  ThingGroupProperties: z
    .strictObject({
      ThingGroupDescription: stringProperty.optional(),
      AttributePayload: z.strictObject({ Attributes: z.record(z.string(), stringProperty).optional() }).optional(),
    })
    .optional(),
  Tags: tagsProperty.optional(),
});

const read = (properties: Properties) => parseProperties(type, schema, properties);

const groupProperties = ({ ThingGroupProperties }: ReturnType<typeof read>) => ({
  thingGroupDescription: ThingGroupProperties?.ThingGroupDescription,
  attributePayload: { attributes: ThingGroupProperties?.AttributePayload?.Attributes ?? {} },
});

export const thingGroupResource = (client: ControlPlaneClient): ResourceProvider => ({
  type,
  createOnly: ['ThingGroupName', 'ParentGroupName'],
  create: async (properties, context) => {
    const group = read(properties);
    const thingGroupName = group.ThingGroupName ?? context.generateName(128);
    await refuseExisting(client, 'DescribeThingGroup', { type, member: 'thingGroupName', name: thingGroupName });
    const created = await client.call('CreateThingGroup', {
      thingGroupName,
      parentGroupName: group.ParentGroupName,
      thingGroupProperties: groupProperties(group),
      tags: group.Tags,
    });
    return {
      physicalId: thingGroupName,
      attributes: { Arn: outputText(created, 'thingGroupArn'), Id: outputText(created, 'thingGroupId') },
    };
  },
  update: async (state, change) => {
    const to = read(change.to);
    await client.call('UpdateThingGroup', { thingGroupName: state.physicalId, thingGroupProperties: groupProperties(to) });
    await changeTags(client, String(state.attributes['Arn']), { from: read(change.from).Tags, to: to.Tags });
    return state;
  },
  delete: async (state) => {
    await client.call('DeleteThingGroup', { thingGroupName: state.physicalId });
  },
});
