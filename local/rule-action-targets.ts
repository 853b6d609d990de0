import type { Account } from './account.ts';
import { callAwsJson } from './call-aws-json.ts';
import { actingCaller } from './gateway/acting-caller.ts';
import type { ApiService } from './gateway/api-service.ts';
import type { ActionTargets } from './iot/rules/actions/rule-action.ts';
import { createRuleLogWriter } from './rule-log-writer.ts';

interface Services {
  readonly logs: ApiService;
  readonly cloudWatch: ApiService;
  readonly dynamodb: ApiService;
  readonly notifications: ActionTargets['notifications'];
}

/** JSON as DynamoDB types it (DynamoDB API Reference, AttributeValue). */
const attributeOf = (value: unknown): object => {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  return typeof value === 'object' ? { M: attributesOf(value) } : { NULL: true };
};

const attributesOf = (item: object): object => Object.fromEntries(Object.entries(item).map(([name, value]) => [name, attributeOf(value)]));

/** Where actions of topic rules lead to, called in the name of the rule's role. */
export const createRuleActionTargets = (account: Account, { logs, cloudWatch, dynamodb, notifications }: Services): ActionTargets => {
  const root = { accountId: account.accountId, accessKeyId: 'IOT', arn: `arn:${account.partition}:iam::${account.accountId}:root` };
  const call = async (service: ApiService, target: string, input: object): Promise<void> => {
    await callAwsJson(service, actingCaller() ?? root, { target, input });
  };
  return {
    logs: createRuleLogWriter(logs, account),
    notifications,
    measurements: {
      put: ({ namespace, metricName, unit, value, timestampMs }) => {
        const MetricData = [{ MetricName: metricName, Unit: unit, Value: value, Timestamp: timestampMs / 1000 }];
        return call(cloudWatch, 'GraniteServiceVersion20100801.PutMetricData', { Namespace: namespace, MetricData });
      },
    },
    tables: {
      put: (TableName, item) => call(dynamodb, 'DynamoDB_20120810.PutItem', { TableName, Item: attributesOf(item) }),
    },
  };
};
