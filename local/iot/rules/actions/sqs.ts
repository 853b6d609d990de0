import type { ActionSettings, RuleAction } from './rule-action.ts';

/** SDK `SqsAction`. */
export function sqsAction(settings: ActionSettings): RuleAction {
  const queueUrl = settings.string('queueUrl');
  const encoding = settings.boolean('useBase64') ? 'base64' : 'utf8';
  return {
    name: 'SqsAction',
    resource: queueUrl,
    roleArn: settings.string('roleArn'),
    perform: ({ payload }, { queues }) => queues.send({ queueUrl, body: payload.toString(encoding) }),
  };
}
