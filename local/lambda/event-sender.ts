import type { Invocation } from './function-invoker.ts';
import { parseFunctionReference } from './functions/function-reference.ts';
import { requirePermission } from './guarded-invoker.ts';
import type { LambdaDependencies } from './lambda-dependencies.ts';

/** Hands events to functions on behalf of AWS services, which do not wait for what comes of them. */
export interface EventSender {
  /** Throws `AwsError` when there is no such function, or its policy does not let the service. */
  send(invocation: Invocation): void;
}

/** Invokes asynchronously: Lambda tries again when the function fails. */
export const eventSender = (dependencies: LambdaDependencies): EventSender => ({
  send: (invocation) => {
    requirePermission(dependencies, invocation);
    const { functionName, qualifier } = parseFunctionReference(invocation.functionArn);
    const { lambda } = dependencies.functions.resolve(functionName, qualifier);
    dependencies.asynchronous.start({ lambda, qualifier, payload: JSON.stringify(invocation.payload) });
  },
});
