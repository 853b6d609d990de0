import type { Account } from '../../account.ts';
import { arnOf } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { FunctionInvoker, InvocationResult } from '../../lambda/function-invoker.ts';
import type { Authorizer } from '../registry/authorizer.ts';

export interface AuthorizerCaller {
  readonly account: Account;
  readonly clock: Clock;
  readonly invoker: FunctionInvoker;
}

/** "The Lambda function timeout limit for custom authorizer is 5 seconds" (DG:config-custom-auth). */
const limitMs = 5000;

const timedOut: InvocationResult = {
  outcome: 'failed',
  errorType: 'TimedOut',
  errorMessage: `The authorizer did not answer within ${limitMs} ms`,
};

/** Calls the authorizer's function in the name of the authorizer, once and no longer than AWS IoT waits. */
export const invokeAuthorizer = async (
  { account, clock, invoker }: AuthorizerCaller,
  { authorizerName, functionArn }: Authorizer,
  payload: unknown,
): Promise<InvocationResult> => {
  const { promise: late, resolve } = Promise.withResolvers<InvocationResult>();
  const timer = clock.setTimer(() => {
    resolve(timedOut);
  }, limitMs);
  const invocation = invoker.invoke({
    ...{ functionArn, payload, principal: 'iot.amazonaws.com', sourceAccount: account.accountId },
    sourceArn: arnOf(account, 'iot', `authorizer/${authorizerName}`),
  });
  try {
    return await Promise.race([invocation, late]);
  } finally {
    timer.cancel();
  }
};
