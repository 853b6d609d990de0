import type { Signer } from '../../gateway/addressed-endpoint.ts';
import type { AccessControl } from '../../iam/access/access-control.ts';
import type { ConditionValues } from '../../iam/access/access-request.ts';
import { contextOf } from '../../policy/context.ts';
import { evaluate } from '../../policy/evaluate.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { functionArn } from '../functions/function-reference.ts';
import type { LambdaFunction } from '../functions/lambda-function.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';
import type { FunctionUrl } from './function-url.ts';

/** Nobody in particular: only a policy that lets anyone in lets it in. */
const anybody = { arn: 'anonymous', accountId: 'anonymous' };

interface Needed {
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionValues;
}

/**
 * Lambda Developer Guide, "Control access to Lambda function URLs": both permissions, the second conditional on the
 * invocation coming by a URL.
 */
const neededFor = ({ account }: LambdaDependencies, lambda: LambdaFunction, url: FunctionUrl): readonly Needed[] => {
  const resource = functionArn(account, { functionName: lambda.name, qualifier: url.qualifier });
  return [
    { action: 'lambda:InvokeFunctionUrl', resource, context: { 'lambda:FunctionUrlAuthType': url.authType } },
    { action: 'lambda:InvokeFunction', resource, context: { 'lambda:InvokedViaFunctionUrl': 'true' } },
  ];
};

const isOpenToAll = (documents: readonly PolicyDocument[], { action, resource, context }: Needed): boolean =>
  evaluate(documents, { principal: anybody, action, resource, variables: contextOf(context) }).decision === 'allowed';

export interface UrlGuard {
  readonly dependencies: LambdaDependencies;
  readonly access: AccessControl | undefined;
}

/** Whether whoever calls a function URL may do so. Throws `AwsError` where IAM says no. */
export const mayInvokeUrl = (
  { dependencies, access }: UrlGuard,
  { lambda, url }: { readonly lambda: LambdaFunction; readonly url: FunctionUrl },
  signer: Signer,
): boolean => {
  const documents = lambda.policy(url.qualifier).map(({ document }) => document);
  const needed = neededFor(dependencies, lambda, url);
  if (url.authType === 'NONE') return needed.every((one) => isOpenToAll(documents, one));
  if (signer.kind !== 'caller' || signer.signingName !== 'lambda') return false;
  const scene = { account: dependencies.account, denial: { code: 'AccessDeniedException', status: 403 } };
  access?.check(
    signer.caller,
    needed.map((one) => ({ ...one, policies: { documents } })),
    scene,
  );
  return true;
};
