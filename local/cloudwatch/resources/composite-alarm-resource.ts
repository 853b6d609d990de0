import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';

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

const put = async (call: CallOperation, AlarmName: string, properties: Properties): Promise<string> => {
  await call('PutCompositeAlarm', { ...parseProperties(type, schema, properties), AlarmName });
  const answer = await call('DescribeAlarms', { AlarmNames: [AlarmName], AlarmTypes: ['CompositeAlarm'] });
  return described.parse(answer).CompositeAlarms[0].AlarmArn;
};

const tagKeys = (properties: Properties): readonly string[] => parseProperties(type, schema, properties).Tags.map(({ Key }) => Key);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-compositealarm.html */
export const compositeAlarmResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['AlarmName'],
  create: async (properties, context) => {
    const name = parseProperties(type, schema, properties).AlarmName ?? context.generateName(255);
    return { physicalId: name, attributes: { Arn: await put(call, name, properties) } };
  },
  update: async (state, { from, to }) => {
    const ResourceARN = await put(call, state.physicalId, to);
    await call('UntagResource', { ResourceARN, TagKeys: tagKeys(from) });
    await call('TagResource', { ResourceARN, Tags: parseProperties(type, schema, to).Tags });
    return state;
  },
  delete: async (state) => {
    await tolerating(['ResourceNotFound'], call('DeleteAlarms', { AlarmNames: [state.physicalId] }));
  },
});
