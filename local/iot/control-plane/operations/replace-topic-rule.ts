import type { ReplaceTopicRuleRequest } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { checkTopicRule, findTopicRule } from '../topic-rule-rules.ts';

/** Replaces all of a rule but its name. */
export const replaceTopicRule: IotOperation<ReplaceTopicRuleRequest> = (services, { ruleName, topicRulePayload: payload }) => {
  const rule = findTopicRule(services.registry, ruleName);
  checkTopicRule(services, ruleName, payload);
  services.registry.topicRules.set(ruleName, { ...rule, payload });
  return {};
};
