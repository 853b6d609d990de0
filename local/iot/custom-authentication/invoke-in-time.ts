import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { FunctionInvoker, InvocationResult } from '../../lambda/function-invoker.ts';

export interface AuthenticationCaller {
  readonly account: Account;
  readonly clock: Clock;
  readonly invoker: FunctionInvoker;
}

/** "The Lambda function timeout limit for custom authorizer is 5 seconds" (DG:config-custom-auth). */
const limitMs = 5000;

const timedOut: InvocationResult = {
  outcome: 'failed',
  errorType: 'TimedOut',
  errorMessage: `The function did not answer within ${limitMs} ms`,
};

/** Calls a function in the name of the resource that has it, once and no longer than AWS IoT waits. */
export const invokeInTime = async (
  { account, clock, invoker }: AuthenticationCaller,
  { functionArn, sourceArn }: { readonly functionArn: string; readonly sourceArn: string },
  payload: unknown,
): Promise<InvocationResult> => {
  const { promise: late, resolve } = Promise.withResolvers<InvocationResult>();
  const timer = clock.setTimer(() => {
    resolve(timedOut);
  }, limitMs);
  const invocation = invoker.invoke({
    ...{ functionArn, sourceArn, payload, principal: 'iot.amazonaws.com', sourceAccount: account.accountId },
  });
  try {
    return await Promise.race([invocation, late]);
  } finally {
    timer.cancel();
  }
};
