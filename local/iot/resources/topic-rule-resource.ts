import * as z from 'zod';
import { readLive } from '../../cloudformation/drift/read-live.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import type { IotRegistry } from '../registry/registry.ts';
import { withSmallInitials } from './member-case.ts';
import { changeTags } from './resource-tags.ts';

const type = 'AWS::IoT::TopicRule';

const action = z.record(z.string(), z.unknown());

const schema = z.strictObject({
  RuleName: stringProperty.optional(),
  TopicRulePayload: z.strictObject({
    Sql: stringProperty,
    Actions: z.array(action),
    Description: stringProperty.optional(),
    RuleDisabled: booleanProperty.optional(),
    AwsIotSqlVersion: stringProperty.optional(),
    ErrorAction: action.optional(),
  }),
  Tags: tagsProperty.optional(),
});

const read = (properties: Properties) => {
  const { RuleName, TopicRulePayload, Tags } = parseProperties(type, schema, properties);
  return { ruleName: RuleName, topicRulePayload: withSmallInitials(TopicRulePayload), tags: Tags };
};

const live = z.object({ rule: z.object({ sql: z.string(), ruleDisabled: z.boolean() }) });

export const topicRuleResource = (client: ControlPlaneClient, registry: IotRegistry): ResourceProvider => ({
  type,
  createOnly: ['RuleName'],
  create: async (properties, context) => {
    const { ruleName: given, topicRulePayload, tags } = read(properties);
    // A rule's name has letters, digits and underscores only.
    const ruleName = given ?? context.generateName(128).replaceAll('-', '_');
    const Arn = registry.arn('rule', ruleName);
    await client.call('CreateTopicRule', { ruleName, topicRulePayload });
    await changeTags(client, Arn, { from: [], to: tags });
    return { physicalId: ruleName, attributes: { Arn } };
  },
  update: async (state, change) => {
    const { topicRulePayload, tags } = read(change.to);
    await client.call('ReplaceTopicRule', { ruleName: state.physicalId, topicRulePayload });
    await changeTags(client, String(state.attributes['Arn']), { from: read(change.from).tags, to: tags });
    return state;
  },
  read: ({ physicalId: ruleName }) =>
    readLive(client.call('GetTopicRule', { ruleName }), ['UnauthorizedException'], (output) => {
      const { rule } = live.parse(output);
      return { TopicRulePayload: { Sql: rule.sql, RuleDisabled: rule.ruleDisabled } };
    }),
  // UnauthorizedException is AWS's answer for a rule that does not exist.
  delete: (state) => tolerating(['UnauthorizedException'], client.call('DeleteTopicRule', { ruleName: state.physicalId })),
});
