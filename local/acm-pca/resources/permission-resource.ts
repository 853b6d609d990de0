import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::ACMPCA::Permission';

const schema = z.strictObject({
  Actions: z.array(stringProperty),
  CertificateAuthorityArn: stringProperty,
  Principal: stringProperty,
  SourceAccount: stringProperty.optional(),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-acmpca-permission.html */
export const permissionResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: Object.keys(schema.shape),
  create: async (properties) => {
    const wanted = parseProperties(type, schema, properties);
    await call('CreatePermission', wanted);
    return { physicalId: `${wanted.CertificateAuthorityArn}|${wanted.Principal}`, attributes: {} };
  },
  update: (state) => Promise.resolve(state),
  delete: async (_state, properties) => {
    const { CertificateAuthorityArn, Principal, SourceAccount } = parseProperties(type, schema, properties);
    const gone = call('DeletePermission', { CertificateAuthorityArn, Principal, SourceAccount });
    await tolerating(['ResourceNotFoundException', 'InvalidStateException'], gone);
  },
});
