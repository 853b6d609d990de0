import type { DeleteTopicRuleRequest } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { findTopicRule } from '../topic-rule-rules.ts';

/** Deletes a rule. */
export const deleteTopicRule: IotOperation<DeleteTopicRuleRequest> = ({ registry }, { ruleName }) => {
  findTopicRule(registry, ruleName);
  registry.topicRules.delete(ruleName);
  registry.tags.delete(registry.arn('rule', ruleName));
  return {};
};
