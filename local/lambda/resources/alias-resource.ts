import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::Lambda::Alias';

const schema = z.strictObject({
  Description: stringProperty.default(''),
  FunctionName: stringProperty,
  FunctionVersion: stringProperty,
  Name: stringProperty,
});

const created = z.object({ AliasArn: z.string() });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html, without weights. */
export const aliasResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['FunctionName', 'Name'],
  create: async (properties) => {
    const { AliasArn } = created.parse(await call('CreateAlias', parseProperties(type, schema, properties)));
    return { physicalId: AliasArn, attributes: { AliasArn } };
  },
  update: async (state, { to }) => {
    await call('UpdateAlias', parseProperties(type, schema, to));
    return state;
  },
  delete: async (_state, properties) => {
    const { FunctionName, Name } = parseProperties(type, schema, properties);
    await tolerating(['ResourceNotFoundException'], call('DeleteAlias', { FunctionName, Name }));
  },
});
