import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { integerProperty, parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::Lambda::EventInvokeConfig';

const schema = z.strictObject({
  DestinationConfig: z.record(z.string(), z.unknown()).optional(),
  FunctionName: stringProperty,
  MaximumEventAgeInSeconds: integerProperty.optional(),
  MaximumRetryAttempts: integerProperty.optional(),
  Qualifier: stringProperty,
});

const put = async (call: CallOperation, properties: Properties): Promise<void> => {
  await call('PutFunctionEventInvokeConfig', parseProperties(type, schema, properties));
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html */
export const eventInvokeConfigResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['FunctionName', 'Qualifier'],
  create: async (properties, context) => {
    await put(call, properties);
    return { physicalId: context.generateName(128), attributes: {} };
  },
  update: async (state, { to }) => {
    await put(call, to);
    return state;
  },
  delete: async (_state, properties) => {
    const { FunctionName, Qualifier } = parseProperties(type, schema, properties);
    await tolerating(['ResourceNotFoundException'], call('DeleteFunctionEventInvokeConfig', { FunctionName, Qualifier }));
  },
});
