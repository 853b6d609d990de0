import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { readLive } from '../../cloudformation/drift/read-live.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { integerProperty, jsonTextProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::Events::Rule';

const target = z.strictObject({
  Arn: stringProperty,
  DeadLetterConfig: z.strictObject({ Arn: stringProperty.optional() }).optional(),
  Id: stringProperty,
  Input: stringProperty.optional(),
  RetryPolicy: z
    .strictObject({ MaximumEventAgeInSeconds: integerProperty.optional(), MaximumRetryAttempts: integerProperty.optional() })
    .optional(),
});

const schema = z.strictObject({
  Description: stringProperty.optional(),
  EventBusName: stringProperty.optional(),
  EventPattern: jsonTextProperty.optional(),
  Name: stringProperty.optional(),
  ScheduleExpression: stringProperty.optional(),
  State: stringProperty.optional(),
  Tags: tagsProperty.default([]),
  Targets: z.array(target).default([]),
});

const liveRule = z.object({
  Description: z.string().optional(),
  EventPattern: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .optional(),
  ScheduleExpression: z.string().optional(),
  State: z.string(),
});

const put = async (call: CallOperation, name: string, properties: Properties): Promise<string> => {
  const { Targets, ...rule } = parseProperties(type, schema, properties);
  const { RuleArn } = z.object({ RuleArn: z.string() }).parse(await call('PutRule', { ...rule, Name: name }));
  if (Targets.length > 0) await call('PutTargets', { Rule: name, Targets });
  return RuleArn;
};

const removeTargets = async (call: CallOperation, Rule: string, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await tolerating(['ResourceNotFoundException'], call('RemoveTargets', { Rule, Ids: ids }));
};

const idsIn = (properties: Properties): readonly string[] => parseProperties(type, schema, properties).Targets.map(({ Id }) => Id);

const retag = async (call: CallOperation, ResourceARN: string, { from, to }: { from: Properties; to: Properties }): Promise<void> => {
  const [before, after] = [from, to].map((properties) => parseProperties(type, schema, properties).Tags);
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  await call('UntagResource', { ResourceARN, TagKeys: (before ?? []).map(({ Key }) => Key) });
  await call('TagResource', { ResourceARN, Tags: after });
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html on the default bus. */
export const ruleResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['EventBusName', 'Name'],
  create: async (properties, context) => {
    const name = parseProperties(type, schema, properties).Name ?? context.generateName(64);
    return { physicalId: name, attributes: { Arn: await put(call, name, properties) } };
  },
  update: async (state, { from, to }) => {
    const kept = idsIn(to);
    const RuleArn = await put(call, state.physicalId, to);
    await removeTargets(
      call,
      state.physicalId,
      idsIn(from).filter((id) => !kept.includes(id)),
    );
    await retag(call, RuleArn, { from, to });
    return state;
  },
  read: ({ physicalId: Name }) =>
    readLive(call('DescribeRule', { Name }), ['ResourceNotFoundException'], (output) => liveRule.parse(output)),
  delete: async (state, properties) => {
    await removeTargets(call, state.physicalId, idsIn(properties));
    await call('DeleteRule', { Name: state.physicalId });
  },
});
