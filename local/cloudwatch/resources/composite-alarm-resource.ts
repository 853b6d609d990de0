import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import { alarmKind } from './alarm-kind.ts';

const type = 'AWS::CloudWatch::CompositeAlarm';

const schema = z.strictObject({
  ActionsEnabled: booleanProperty.optional(),
  AlarmActions: z.array(stringProperty).optional(),
  AlarmDescription: stringProperty.optional(),
  AlarmName: stringProperty.optional(),
  AlarmRule: stringProperty,
  InsufficientDataActions: z.array(stringProperty).optional(),
  OKActions: z.array(stringProperty).optional(),
  Tags: tagsProperty.default([]),
});

const described = z.object({ CompositeAlarms: z.tuple([z.object({ AlarmArn: z.string() })]) });

const parse = (properties: Properties) => parseProperties(type, schema, properties);

const put = async (call: CallOperation, AlarmName: string, properties: Properties): Promise<string> => {
  await call('PutCompositeAlarm', { ...parse(properties), AlarmName });
  const answer = await call('DescribeAlarms', { AlarmNames: [AlarmName], AlarmTypes: ['CompositeAlarm'] });
  return described.parse(answer).CompositeAlarms[0].AlarmArn;
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-compositealarm.html */
export const compositeAlarmResource = (call: CallOperation): ResourceProvider => ({
  ...alarmKind(call, { type, parse, put: (name, properties) => put(call, name, properties) }),
  delete: async (state) => {
    await tolerating(['ResourceNotFound'], call('DeleteAlarms', { AlarmNames: [state.physicalId] }));
  },
});
