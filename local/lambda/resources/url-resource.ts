import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::Lambda::Url';

const schema = z.strictObject({
  AuthType: stringProperty,
  InvokeMode: stringProperty.optional(),
  Qualifier: stringProperty.optional(),
  TargetFunctionArn: stringProperty,
});

const described = z.object({ FunctionArn: z.string(), FunctionUrl: z.string() });

const inputOf = (properties: Properties): Readonly<Record<string, unknown>> => {
  const { TargetFunctionArn, ...settings } = parseProperties(type, schema, properties);
  return { ...settings, FunctionName: TargetFunctionArn };
};

const stateOf = (output: object): ResourceState => {
  const { FunctionArn, FunctionUrl } = described.parse(output);
  return { physicalId: FunctionArn, attributes: { FunctionArn, FunctionUrl } };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-url.html, without `Cors`. */
export const urlResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['Qualifier', 'TargetFunctionArn'],
  create: async (properties) => stateOf(await call('CreateFunctionUrlConfig', inputOf(properties))),
  update: async (_state, { to }) => stateOf(await call('UpdateFunctionUrlConfig', inputOf(to))),
  delete: async (_state, properties) => {
    await tolerating(['ResourceNotFoundException'], call('DeleteFunctionUrlConfig', inputOf(properties)));
  },
});
