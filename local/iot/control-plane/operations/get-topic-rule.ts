import type { GetTopicRuleRequest } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { findTopicRule } from '../topic-rule-rules.ts';

/** A rule as it was stored. */
export const getTopicRule: IotOperation<GetTopicRuleRequest> = ({ registry }, { ruleName }) => {
  const { payload, createdAt } = findTopicRule(registry, ruleName);
  const rule = { ...payload, ruleName, createdAt: new Date(createdAt), ruleDisabled: payload.ruleDisabled ?? false };
  return { ruleArn: registry.arn('rule', ruleName), rule };
};
