import { invalidRequest } from '../../refusals.ts';
import type { ActionSettings } from './action-settings.ts';
import { type RuleAction, targetOf } from './rule-action.ts';

/** SDK `SnsAction`, in the message format RAW. */
export function snsAction(settings: ActionSettings): RuleAction {
  if (settings.oneOf('messageFormat', ['RAW', 'JSON']) === 'JSON')
    throw invalidRequest('The message format JSON of the action sns is not supported by the local AWS.');
  return {
    kind: 'sns',
    resource: settings.template('targetArn'),
    words: { deed: 'publish to the SNS topic', service: 'AmazonSNS', resourceKind: 'Target' },
    roleArn: settings.string('roleArn'),
    perform: ({ payload, resource }, ports) =>
      targetOf(ports, 'notifications').publish({ targetArn: resource, message: payload.toString() }),
  };
}
