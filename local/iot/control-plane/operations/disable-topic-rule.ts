import type { DisableTopicRuleRequest } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { findTopicRule } from '../topic-rule-rules.ts';

/** Stops a rule without deleting it. */
export const disableTopicRule: IotOperation<DisableTopicRuleRequest> = ({ registry }, { ruleName }) => {
  const rule = findTopicRule(registry, ruleName);
  registry.topicRules.set(ruleName, { ...rule, payload: { ...rule.payload, ruleDisabled: true } });
  return {};
};
