import type { Account } from '../account.ts';
import type { OperationInput } from '../gateway/operation.ts';
import type { AccessRequest, ConditionValues, ResourcePolicies } from '../iam/access/access-request.ts';
import { textIn } from '../iam/access/input-reading.ts';
import { passRole } from '../iam/access/pass-role.ts';
import { resourceTags } from '../iam/access/request-tags.ts';
import type { ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import { isJsonObject } from '../json-object.ts';
import type { EventSourceMappings } from './event-source/event-source-mappings.ts';
import type { FunctionRegistry } from './functions/function-registry.ts';
import type { FunctionReference } from './functions/function-reference.ts';
import { findFunctionReference, functionArn } from './functions/function-reference.ts';

const lambdaService = 'lambda.amazonaws.com';

interface Scope {
  readonly account: Account;
  readonly functions: FunctionRegistry;
  readonly mappings: EventSourceMappings;
}

/** The function that an input names, with its version or alias. */
const referenceIn = (input: OperationInput): FunctionReference | undefined => {
  const reference = findFunctionReference(textIn(input, 'FunctionName', 'Resource') ?? '');
  return reference === undefined ? undefined : { ...reference, qualifier: reference.qualifier ?? textIn(input, 'Qualifier') };
};

const onFunction = ({ account }: Scope, action: string, input: OperationInput): AccessRequest => {
  const reference = referenceIn(input);
  return { action, resource: reference === undefined ? '*' : functionArn(account, reference) };
};

/** Whoever names a package in a bucket must be able to read it: Lambda fetches it with their permissions. */
const readCode = (code: unknown): readonly AccessRequest[] => {
  const [bucket, key] = isJsonObject(code) ? [textIn(code, 'S3Bucket'), textIn(code, 'S3Key')] : [];
  return bucket === undefined || key === undefined ? [] : [{ action: 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${key}` }];
};

const policiesOf = ({ functions }: Scope, arn: string): ResourcePolicies | undefined => {
  const reference = findFunctionReference(arn);
  const found = reference === undefined ? undefined : functions.byName(reference.functionName);
  const permissions = found?.policy(reference?.qualifier);
  return permissions === undefined ? undefined : { documents: permissions.map(({ document }) => document) };
};

const contextOf = ({ account, functions, mappings }: Scope, arn: string, input: OperationInput): ConditionValues => {
  const named = textIn(input, 'FunctionName') ?? mappings.find(textIn(input, 'UUID') ?? '')?.settings.functionName;
  const reference = findFunctionReference(named ?? '');
  return {
    // Lambda Developer Guide, "Fine-tuning the Resources and Conditions sections of policies".
    'lambda:FunctionArn': reference === undefined ? undefined : functionArn(account, { ...reference, qualifier: undefined }),
    'lambda:Principal': textIn(input, 'Principal'),
    'lambda:FunctionUrlAuthType': textIn(input, 'AuthType', 'FunctionUrlAuthType'),
    ...resourceTags(functions.byName(findFunctionReference(arn)?.functionName ?? '')?.tags ?? []),
  };
};

/** What IAM must allow for Lambda: `Invoke` is `lambda:InvokeFunction`, and whoever gives a function a role must be let pass it. */
export const lambdaAuthorization = (scope: Scope): ServiceAuthorization =>
  serviceAuthorization({
    account: scope.account,
    prefix: 'lambda',
    variables: {
      functionname: (input) => onFunction(scope, '', { ...input, Qualifier: undefined }).resource,
      uuid: (input) => textIn(input, 'UUID'),
    },
    operations: {
      Invoke: (input) => [onFunction(scope, 'lambda:InvokeFunction', input)],
      AddPermission: (input) => [onFunction(scope, 'lambda:AddPermission', input)],
      RemovePermission: (input) => [onFunction(scope, 'lambda:RemovePermission', input)],
      CreateFunction: (input) => [
        onFunction(scope, 'lambda:CreateFunction', input),
        ...passRole(input['Role'], lambdaService),
        ...readCode(input['Code']),
      ],
      UpdateFunctionCode: (input) => [onFunction(scope, 'lambda:UpdateFunctionCode', input), ...readCode(input)],
      UpdateFunctionConfiguration: (input) => [
        onFunction(scope, 'lambda:UpdateFunctionConfiguration', input),
        ...passRole(input['Role'], lambdaService),
      ],
    },
    policiesOf: (arn) => policiesOf(scope, arn),
    contextOf: (arn, input) => contextOf(scope, arn, input),
  });
