import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::Lambda::Version';

const schema = z.strictObject({
  CodeSha256: stringProperty.optional(),
  Description: stringProperty.optional(),
  FunctionName: stringProperty,
});

const published = z.object({ FunctionArn: z.string(), Version: z.string() });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html */
export const versionResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['CodeSha256', 'Description', 'FunctionName'],
  create: async (properties) => {
    const { FunctionName, Description } = parseProperties(type, schema, properties);
    const { FunctionArn, Version } = published.parse(await call('PublishVersion', { FunctionName, Description }));
    return { physicalId: FunctionArn, attributes: { FunctionArn, Version } };
  },
  update: (state) => Promise.resolve(state),
  delete: async (state) => {
    await tolerating(['ResourceNotFoundException'], call('DeleteFunction', { FunctionName: state.physicalId }));
  },
});
