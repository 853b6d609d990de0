import type { EnableTopicRuleRequest } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { findTopicRule } from '../topic-rule-rules.ts';

/** Lets a rule work again. */
export const enableTopicRule: IotOperation<EnableTopicRuleRequest> = ({ registry }, { ruleName }) => {
  const rule = findTopicRule(registry, ruleName);
  registry.topicRules.set(ruleName, { ...rule, payload: { ...rule.payload, ruleDisabled: false } });
  return {};
};
