import * as z from 'zod';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { refuseExisting } from './not-yet-there.ts';
import { outputText } from './output-text.ts';

const type = 'AWS::IoT::Thing';

const schema = z.strictObject({
  ThingName: stringProperty.optional(),
  AttributePayload: z.strictObject({ Attributes: z.record(z.string(), stringProperty).optional() }).optional(),
});

const attributesOf = (properties: Properties) => {
  const { ThingName, AttributePayload } = parseProperties(type, schema, properties);
  return { thingName: ThingName, attributePayload: { attributes: AttributePayload?.Attributes ?? {} } };
};

export const thingResource = (client: ControlPlaneClient): ResourceProvider => ({
  type,
  createOnly: ['ThingName'],
  create: async (properties, context) => {
    const { thingName = context.generateName(128), attributePayload } = attributesOf(properties);
    await refuseExisting(client, 'DescribeThing', { type, member: 'thingName', name: thingName });
    const created = await client.call('CreateThing', { thingName, attributePayload });
    return { physicalId: thingName, attributes: { Arn: outputText(created, 'thingArn'), Id: outputText(created, 'thingId') } };
  },
  update: async (state, { to }) => {
    await client.call('UpdateThing', { thingName: state.physicalId, attributePayload: attributesOf(to).attributePayload });
    return state;
  },
  delete: async (state) => {
    await client.call('DeleteThing', { thingName: state.physicalId });
  },
});
