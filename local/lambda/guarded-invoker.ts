import { AwsError } from '../aws-error.ts';
import { contextOf } from '../policy/context.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { FunctionInvoker, Invocation, InvocationResult } from './function-invoker.ts';
import { functionArn, parseFunctionReference } from './functions/function-reference.ts';
import type { LambdaDependencies } from './lambda-dependencies.ts';

type RefusalCode = Extract<InvocationResult, { outcome: 'refused' }>['code'];

const refusalCodes: readonly RefusalCode[] = ['ResourceNotFoundException', 'AccessDeniedException', 'TooManyRequestsException'];

const refusalOf = (thrown: unknown): InvocationResult => {
  // A name that can be no function's names no function.
  if (thrown instanceof AwsError && thrown.code === 'ValidationException') return { outcome: 'refused', code: 'ResourceNotFoundException' };
  const code = thrown instanceof AwsError ? refusalCodes.find((known) => known === thrown.code) : undefined;
  if (code === undefined) throw thrown;
  return { outcome: 'refused', code };
};

/** Throws `AwsError` unless the policy of exactly that function, version or alias lets the service in. */
export const requirePermission = ({ account, functions }: LambdaDependencies, invocation: Invocation): void => {
  const { lambda, reference } = functions.resolve(invocation.functionArn);
  const { decision } = evaluate(
    lambda.policy(reference.qualifier).map(({ document }) => document),
    {
      principal: { service: invocation.principal },
      action: 'lambda:InvokeFunction',
      resource: functionArn(account, reference),
      variables: contextOf({ 'aws:SourceArn': invocation.sourceArn, 'aws:SourceAccount': invocation.sourceAccount }),
    },
  );
  if (decision !== 'allowed')
    throw new AwsError('AccessDeniedException', `${invocation.principal} may not invoke ${invocation.functionArn}.`, { status: 403 });
};

/** Invokes for AWS services: only what the policy of exactly that function, version or alias lets them. */
export const guardedInvoker = (dependencies: LambdaDependencies): FunctionInvoker => ({
  invoke: async (invocation) => {
    try {
      requirePermission(dependencies, invocation);
      const { functionName, qualifier } = parseFunctionReference(invocation.functionArn);
      const { lambda } = dependencies.functions.resolve(functionName, qualifier);
      const outcome = await dependencies.runner.run({ lambda, qualifier, payload: JSON.stringify(invocation.payload) });
      if (outcome.outcome === 'returned') return { outcome: 'returned', payload: JSON.parse(outcome.payload) as unknown };
      return { outcome: 'failed', errorType: outcome.error.errorType, errorMessage: outcome.error.errorMessage };
    } catch (thrown) {
      return refusalOf(thrown);
    }
  },
});
