import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::KMS::Alias';

const schema = z.strictObject({ AliasName: stringProperty, TargetKeyId: stringProperty });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-alias.html */
export const aliasResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['AliasName'],
  create: async (properties) => {
    const wanted = parseProperties(type, schema, properties);
    await call('CreateAlias', wanted);
    return { physicalId: wanted.AliasName, attributes: {} };
  },
  update: async (state, { to }) => {
    await call('UpdateAlias', parseProperties(type, schema, to));
    return state;
  },
  delete: async (state) => {
    await tolerating(['NotFoundException'], call('DeleteAlias', { AliasName: state.physicalId }));
  },
});
