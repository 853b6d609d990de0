import { arnOf } from '../../../account.ts';
import { parseOutgoingJson } from './outgoing-json.ts';
import type { ActionSettings } from './action-settings.ts';
import type { RuleAction } from './rule-action.ts';

/** SDK `LambdaAction`. AWS IoT calls the function asynchronously: what it throws is no failure of the action, only that it was not run. */
export function lambdaAction(settings: ActionSettings): RuleAction {
  return {
    kind: 'lambda',
    resource: settings.template('functionArn'),
    words: { deed: 'invoke lambda function', service: 'AWSLambda', resourceKind: 'Function' },
    perform: async ({ payload, ruleName, resource }, { account, invoker }) => {
      const result = await invoker.invoke({
        functionArn: resource,
        payload: parseOutgoingJson(payload),
        principal: 'iot.amazonaws.com',
        sourceArn: arnOf(account, 'iot', `rule/${ruleName}`),
        sourceAccount: account.accountId,
      });
      if (result.outcome === 'refused') throw new Error(`Lambda did not run the function: ${result.code}`);
    },
  };
}
