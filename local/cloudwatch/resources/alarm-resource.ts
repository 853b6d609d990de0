import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, integerProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import { alarmKind } from './alarm-kind.ts';

const type = 'AWS::CloudWatch::Alarm';

const numberProperty = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(?:\.\d+)?$/)
    .transform(Number),
]);

const schema = z.strictObject({
  ActionsEnabled: booleanProperty.optional(),
  AlarmActions: z.array(stringProperty).optional(),
  AlarmDescription: stringProperty.optional(),
  AlarmName: stringProperty.optional(),
  ComparisonOperator: stringProperty,
  DatapointsToAlarm: integerProperty.optional(),
  Dimensions: z.array(z.strictObject({ Name: stringProperty, Value: stringProperty })).optional(),
  EvaluationPeriods: integerProperty,
  InsufficientDataActions: z.array(stringProperty).optional(),
  MetricName: stringProperty,
  Namespace: stringProperty,
  OKActions: z.array(stringProperty).optional(),
  Period: integerProperty,
  Statistic: stringProperty,
  Tags: tagsProperty.default([]),
  Threshold: numberProperty,
  TreatMissingData: stringProperty.optional(),
  Unit: stringProperty.optional(),
});

const described = z.object({ MetricAlarms: z.tuple([z.object({ AlarmArn: z.string() })]) });

const parse = (properties: Properties) => parseProperties(type, schema, properties);

const put = async (call: CallOperation, AlarmName: string, properties: Properties): Promise<string> => {
  await call('PutMetricAlarm', { ...parse(properties), AlarmName });
  const { MetricAlarms } = described.parse(await call('DescribeAlarms', { AlarmNames: [AlarmName] }));
  return MetricAlarms[0].AlarmArn;
};

const live = z.object({
  MetricAlarms: z.array(
    z.object({
      ...{ ActionsEnabled: z.boolean(), AlarmActions: z.array(z.string()), OKActions: z.array(z.string()) },
      ...{ Threshold: z.number(), Period: z.number(), EvaluationPeriods: z.number(), Statistic: z.string() },
      ...{ ComparisonOperator: z.string(), TreatMissingData: z.string().optional(), DatapointsToAlarm: z.number().optional() },
    }),
  ),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html, on one metric. */
export const alarmResource = (call: CallOperation): ResourceProvider => ({
  ...alarmKind(call, { type, parse, put: (name, properties) => put(call, name, properties) }),
  read: async ({ physicalId }) => {
    const { MetricAlarms } = live.parse(await call('DescribeAlarms', { AlarmNames: [physicalId] }));
    return MetricAlarms[0];
  },
  delete: async (state) => {
    await tolerating(['ResourceNotFound'], call('DeleteAlarms', { AlarmNames: [state.physicalId] }));
  },
});
