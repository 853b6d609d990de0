import * as z from 'zod';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';

const type = 'AWS::IoT::ThingPrincipalAttachment';

const schema = z.strictObject({ Principal: stringProperty, ThingName: stringProperty, ThingPrincipalType: stringProperty.optional() });

const read = (properties: Properties) => {
  const { Principal, ThingName, ThingPrincipalType } = parseProperties(type, schema, properties);
  return { principal: Principal, thingName: ThingName, thingPrincipalType: ThingPrincipalType };
};

export const thingPrincipalAttachmentResource = (client: ControlPlaneClient): ResourceProvider => ({
  type,
  createOnly: ['Principal', 'ThingName', 'ThingPrincipalType'],
  create: async (properties, context) => {
    await client.call('AttachThingPrincipal', read(properties));
    return { physicalId: context.generateName(128), attributes: {} };
  },
  update: (state) => Promise.resolve(state),
  delete: (_state, properties) => tolerating(['ResourceNotFoundException'], client.call('DetachThingPrincipal', read(properties))),
});
