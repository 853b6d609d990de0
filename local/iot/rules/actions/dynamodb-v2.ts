import { parseOutgoingJson } from './outgoing-json.ts';
import type { ActionSettings } from './action-settings.ts';
import { type RuleAction, targetOf } from './rule-action.ts';

/** SDK `DynamoDBv2Action`: each member of the outgoing payload becomes an attribute. */
export function dynamoDBv2Action(settings: ActionSettings): RuleAction {
  return {
    kind: 'dynamoDBv2',
    resource: settings.settings('putItem').template('tableName'),
    words: { deed: 'put the item into the DynamoDB table', service: 'AmazonDynamoDBv2', resourceKind: 'Table' },
    roleArn: settings.string('roleArn'),
    perform: async ({ payload, resource }, ports) => {
      const item = parseOutgoingJson(payload);
      if (typeof item !== 'object' || item === null || Array.isArray(item)) throw new Error('The outgoing payload is no JSON object');
      await targetOf(ports, 'tables').put(resource, item);
    },
  };
}
