import type { CreateTopicRuleRequest } from '@aws-sdk/client-iot';
import { alreadyExists } from '../../refusals.ts';
import { addTags } from '../../registry/tagging.ts';
import type { IotOperation } from '../operation.ts';
import { checkTopicRule, requireRoomForRule } from '../topic-rule-rules.ts';

// The header has the form of a query string (SDK CreateTopicRuleRequest: `key1=value1&key2=value2`).
const parseTags = (text: string) => [...new URLSearchParams(text)].map(([Key, Value]) => ({ Key, Value }));

/** Stores a rule; it is enabled unless `ruleDisabled` is given. */
export const createTopicRule: IotOperation<CreateTopicRuleRequest> = (services, { ruleName, topicRulePayload: payload, tags }) => {
  const { registry } = services;
  checkTopicRule(services, ruleName, payload);
  const ruleArn = registry.arn('rule', ruleName);
  if (registry.topicRules.has(ruleName)) throw alreadyExists(`Rule ${ruleName} already exists.`, { id: ruleName, arn: ruleArn });
  requireRoomForRule(services);
  if (tags !== undefined) addTags(registry, ruleArn, parseTags(tags));
  registry.topicRules.set(ruleName, { ruleName, payload, createdAt: registry.clock.now() });
  return {};
};
