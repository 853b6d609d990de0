import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::Lambda::Permission';

const schema = z.strictObject({
  Action: stringProperty,
  FunctionName: stringProperty,
  FunctionUrlAuthType: stringProperty.optional(),
  InvokedViaFunctionUrl: booleanProperty.optional(),
  Principal: stringProperty,
  PrincipalOrgID: stringProperty.optional(),
  SourceAccount: stringProperty.optional(),
  SourceArn: stringProperty.optional(),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
export const permissionResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: Object.keys(schema.shape),
  create: async (properties, context) => {
    const StatementId = context.generateName(100);
    await call('AddPermission', { ...parseProperties(type, schema, properties), StatementId });
    return { physicalId: StatementId, attributes: { Id: StatementId } };
  },
  update: (state) => Promise.resolve(state),
  delete: async (state, properties) => {
    const { FunctionName } = parseProperties(type, schema, properties);
    await tolerating(['ResourceNotFoundException'], call('RemovePermission', { FunctionName, StatementId: state.physicalId }));
  },
});
