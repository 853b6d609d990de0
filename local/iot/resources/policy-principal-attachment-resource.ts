import * as z from 'zod';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';

const type = 'AWS::IoT::PolicyPrincipalAttachment';

const schema = z.strictObject({ PolicyName: stringProperty, Principal: stringProperty });

const read = (properties: Properties) => {
  const { PolicyName, Principal } = parseProperties(type, schema, properties);
  return { policyName: PolicyName, principal: Principal };
};

/** Goes through AttachPrincipalPolicy, which is why a thing group's ARN is refused ("does not represent a cert"). */
export const policyPrincipalAttachmentResource = (client: ControlPlaneClient): ResourceProvider => ({
  type,
  createOnly: ['PolicyName', 'Principal'],
  create: async (properties, context) => {
    await client.call('AttachPrincipalPolicy', read(properties));
    return { physicalId: context.generateName(128), attributes: {} };
  },
  update: (state) => Promise.resolve(state),
  delete: (_state, properties) => tolerating(['ResourceNotFoundException'], client.call('DetachPrincipalPolicy', read(properties))),
});
