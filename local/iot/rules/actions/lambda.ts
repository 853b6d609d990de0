import { arnOf } from '../../../account.ts';
import type { ActionSettings, RuleAction } from './rule-action.ts';

function parseJson(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    // DG:binary-payloads: the Lambda action takes no binary payload.
    throw new Error('The outgoing payload is not JSON, and Lambda takes nothing else');
  }
}

/** SDK `LambdaAction`. AWS IoT calls the function asynchronously: what it throws is no failure of the action, only that it was not run. */
export function lambdaAction(settings: ActionSettings): RuleAction {
  const functionArn = settings.string('functionArn');
  return {
    name: 'LambdaAction',
    resource: functionArn,
    perform: async ({ payload, ruleName }, { account, invoker }) => {
      const result = await invoker.invoke({
        functionArn,
        payload: parseJson(payload),
        principal: 'iot.amazonaws.com',
        sourceArn: arnOf(account, 'iot', `rule/${ruleName}`),
        sourceAccount: account.accountId,
      });
      if (result.outcome === 'refused') throw new Error(`Lambda did not run the function: ${result.code}`);
    },
  };
}
