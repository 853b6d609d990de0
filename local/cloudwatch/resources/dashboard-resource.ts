import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::CloudWatch::Dashboard';

const schema = z.strictObject({ DashboardBody: stringProperty, DashboardName: stringProperty.optional() });

const put = async (call: CallOperation, DashboardName: string, properties: Properties): Promise<void> => {
  await call('PutDashboard', { ...parseProperties(type, schema, properties), DashboardName });
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-dashboard.html */
export const dashboardResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['DashboardName'],
  create: async (properties, context) => {
    const name = parseProperties(type, schema, properties).DashboardName ?? context.generateName(255);
    await put(call, name, properties);
    return { physicalId: name, attributes: {} };
  },
  update: async (state, { to }) => {
    await put(call, state.physicalId, to);
    return state;
  },
  delete: async (state) => {
    await tolerating(['DashboardNotFoundError'], call('DeleteDashboards', { DashboardNames: [state.physicalId] }));
  },
});
