import type { ActionSettings } from './action-settings.ts';
import type { RuleAction } from './rule-action.ts';

/** SDK `SqsAction`. */
export function sqsAction(settings: ActionSettings): RuleAction {
  const encoding = settings.oneOf('useBase64', [false, true]) ? 'base64' : 'utf8';
  return {
    kind: 'sqs',
    resource: settings.template('queueUrl'),
    words: { deed: 'send the message to the SQS queue', service: 'AmazonSQS', resourceKind: 'Queue' },
    roleArn: settings.string('roleArn'),
    perform: ({ payload, resource }, { queues }) => queues.send({ queueUrl: resource, body: payload.toString(encoding) }),
  };
}
