import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { integerProperty, parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';

const transformation = z.strictObject({
  DefaultValue: z.union([z.number(), integerProperty]).optional(),
  Dimensions: z.array(z.strictObject({ Key: stringProperty, Value: stringProperty })).optional(),
  MetricName: stringProperty,
  MetricNamespace: stringProperty,
  MetricValue: stringProperty,
  Unit: stringProperty.optional(),
});

const metricFilter = z.strictObject({
  FilterName: stringProperty.optional(),
  FilterPattern: stringProperty,
  LogGroupName: stringProperty,
  MetricTransformations: z.array(transformation).length(1),
});

const subscriptionFilter = z.strictObject({
  DestinationArn: stringProperty,
  Distribution: stringProperty.optional(),
  FilterName: stringProperty.optional(),
  FilterPattern: stringProperty,
  LogGroupName: stringProperty,
  RoleArn: stringProperty.optional(),
});

/** CloudFormation capitalises what the API spells with a small first letter. */
const uncapitalised = (members: object): object =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value as unknown]));

const putMetricFilter = async (call: CallOperation, properties: Properties, filterName: string): Promise<void> => {
  const wanted = parseProperties('AWS::Logs::MetricFilter', metricFilter, properties);
  await call('PutMetricFilter', {
    filterName,
    filterPattern: wanted.FilterPattern,
    logGroupName: wanted.LogGroupName,
    metricTransformations: wanted.MetricTransformations.map(({ Dimensions, ...members }) => ({
      ...uncapitalised(members),
      ...(Dimensions === undefined ? {} : { dimensions: Object.fromEntries(Dimensions.map(({ Key, Value }) => [Key, Value])) }),
    })),
  });
};

const putSubscriptionFilter = async (call: CallOperation, properties: Properties, filterName: string): Promise<void> => {
  const wanted = parseProperties('AWS::Logs::SubscriptionFilter', subscriptionFilter, properties);
  await call('PutSubscriptionFilter', { ...uncapitalised(wanted), filterName });
};

interface Filter {
  readonly type: string;
  readonly deleteOperation: string;
  readonly put: (call: CallOperation, properties: Properties, filterName: string) => Promise<void>;
}

const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const filterResource = (call: CallOperation, { type, deleteOperation, put }: Filter): ResourceProvider => ({
  type,
  createOnly: ['FilterName', 'LogGroupName'],
  create: async (properties, context) => {
    const filterName = stringOf(properties['FilterName']) || context.generateName(512);
    await put(call, properties, filterName);
    return { physicalId: filterName, attributes: {} };
  },
  update: async (state, { to }) => {
    await put(call, to, state.physicalId);
    return state;
  },
  delete: async (state, properties) => {
    const deletion = call(deleteOperation, { logGroupName: stringOf(properties['LogGroupName']), filterName: state.physicalId });
    await tolerating(['ResourceNotFoundException'], deletion);
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-metricfilter.html */
export const metricFilterResource = (call: CallOperation): ResourceProvider =>
  filterResource(call, { type: 'AWS::Logs::MetricFilter', deleteOperation: 'DeleteMetricFilter', put: putMetricFilter });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-subscriptionfilter.html */
export const subscriptionFilterResource = (call: CallOperation): ResourceProvider =>
  filterResource(call, { type: 'AWS::Logs::SubscriptionFilter', deleteOperation: 'DeleteSubscriptionFilter', put: putSubscriptionFilter });
