import type { ListTopicRulesRequest } from '@aws-sdk/client-iot';
import type { TopicRule } from '../../registry/records.ts';
import type { ValidInput } from '../../valid-input.ts';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

// The topic that a statement reads: FROM 'topic', in single or double quotes.
const topicPattern = (sql: string): string | undefined => /\bFROM\s+(['"])(.*?)\1/i.exec(sql)?.[2];

const matches = ({ payload }: TopicRule, { topic, ruleDisabled }: ValidInput<ListTopicRulesRequest>): boolean => {
  if (ruleDisabled !== undefined && ruleDisabled !== (payload.ruleDisabled ?? false)) return false;
  return topic === undefined || topicPattern(payload.sql) === topic;
};

/** Rules, all or by state and by the topic that they read. */
export const listTopicRules: IotOperation<ListTopicRulesRequest> = ({ registry }, input) => {
  const found = [...registry.topicRules.values()].filter((rule) => matches(rule, input));
  const page = pageOf(found, ({ ruleName }) => ruleName, { token: input.nextToken, limit: input.maxResults });
  const rules = page.items.map(({ ruleName, payload, createdAt }) => ({
    ruleArn: registry.arn('rule', ruleName),
    ruleName,
    topicPattern: topicPattern(payload.sql),
    createdAt: new Date(createdAt),
    ruleDisabled: payload.ruleDisabled ?? false,
  }));
  return { rules, nextToken: page.nextToken };
};
