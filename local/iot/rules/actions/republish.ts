import { arnOf } from '../../../account.ts';
import { isTopicName } from '../../broker/topic-name.ts';
import { fillTemplate, parseSubstitutionTemplate } from '../substitution-template.ts';
import type { ActionSettings, RuleAction } from './rule-action.ts';

/** SDK `RepublishAction`. A reserved topic is written with `$$` in place of `$` (DG:republish-rule-action). */
export function republishAction(settings: ActionSettings): RuleAction {
  const written = settings.string('topic');
  const template = parseSubstitutionTemplate(written.startsWith('$$') ? written.slice(1) : written);
  const roleArn = settings.string('roleArn');
  const qos = settings.number('qos') === 1 ? 1 : 0;
  return {
    name: 'RepublishAction',
    resource: written,
    perform: ({ payload, context }, { account, broker, roles }) => {
      const topic = fillTemplate(template, context);
      if (!isTopicName(topic)) throw new Error(`"${topic}" is not a topic that can be published to`);
      // DG:republish-rule-action: the role must be allowed iot:Publish.
      roles.require(roleArn, 'iot:Publish', arnOf(account, 'iot', `topic/${topic}`));
      return broker().publish({ topic, payload, qos, retain: false });
    },
  };
}
