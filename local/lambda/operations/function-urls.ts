import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { addressUrl } from '../../gateway/addressed-endpoint.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { LambdaFunction } from '../functions/lambda-function.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';
import type { FunctionUrl } from '../urls/function-url.ts';
import { newUrlId } from '../urls/function-url.ts';

const aliasOnly = z.string().regex(/^(?!\d+$)[\w-]{1,128}$/, 'must be the name of an alias');

const named = z.object({ FunctionName: z.string(), Qualifier: aliasOnly.optional() });

const settings = {
  Cors: z.never({ error: 'The local AWS does not support Cors of function URLs' }).optional(),
  InvokeMode: z.literal('BUFFERED', { error: 'The local AWS does not support InvokeMode RESPONSE_STREAM' }).optional(),
};

const authType = z.enum(['AWS_IAM', 'NONE']);

const createInput = named.extend({ AuthType: authType, ...settings });
const updateInput = named.extend({ AuthType: authType.optional(), ...settings });

const describe = ({ ports }: LambdaDependencies, lambda: LambdaFunction, url: FunctionUrl): object => ({
  FunctionUrl: `${addressUrl(ports.endpoint(), { kind: 'lambda-url', id: url.id })}/`,
  FunctionArn: url.qualifier === undefined ? lambda.arn : `${lambda.arn}:${url.qualifier}`,
  AuthType: url.authType,
  InvokeMode: 'BUFFERED',
  // This API's times are texts, unlike the others'.
  CreationTime: new Date(url.createdAtMs).toISOString(),
  LastModifiedTime: new Date(url.modifiedAtMs).toISOString(),
});

interface Named {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
}

const find = ({ functions }: LambdaDependencies, input: Named) => {
  const { lambda, reference } = functions.resolve(input.FunctionName, input.Qualifier);
  return { lambda, qualifier: reference.qualifier, existing: lambda.urls.get(reference.qualifier ?? '') };
};

const require = (dependencies: LambdaDependencies, input: Named) => {
  const { existing, ...found } = find(dependencies, input);
  if (existing !== undefined) return { ...found, existing };
  throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', { status: 404 });
};

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html */
export const createFunctionUrlConfig =
  (dependencies: LambdaDependencies): Operation =>
  (members) => {
    const input = parseInput(createInput, members);
    const { lambda, qualifier, existing } = find(dependencies, input);
    if (existing !== undefined) {
      const message = `FunctionUrlConfig exists for this Lambda function. (functionArn: ${lambda.arn})`;
      throw new AwsError('ResourceConflictException', message, { status: 409 });
    }
    const now = dependencies.clock.now();
    const url = { id: newUrlId(), authType: input.AuthType, qualifier, createdAtMs: now, modifiedAtMs: now };
    lambda.urls.set(qualifier ?? '', url);
    return describe(dependencies, lambda, url);
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionUrlConfig.html */
export const updateFunctionUrlConfig =
  (dependencies: LambdaDependencies): Operation =>
  (members) => {
    const input = parseInput(updateInput, members);
    const { lambda, qualifier, existing } = require(dependencies, input);
    const url = { ...existing, authType: input.AuthType ?? existing.authType, modifiedAtMs: dependencies.clock.now() };
    lambda.urls.set(qualifier ?? '', url);
    return describe(dependencies, lambda, url);
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionUrlConfig.html */
export const getFunctionUrlConfig =
  (dependencies: LambdaDependencies): Operation =>
  (members) => {
    const { lambda, existing } = require(dependencies, parseInput(named, members));
    return describe(dependencies, lambda, existing);
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionUrlConfig.html */
export const deleteFunctionUrlConfig =
  (dependencies: LambdaDependencies): Operation =>
  (members) => {
    const { lambda, qualifier } = require(dependencies, parseInput(named, members));
    lambda.urls.delete(qualifier ?? '');
    return undefined;
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html; all of them in one page. */
export const listFunctionUrlConfigs =
  (dependencies: LambdaDependencies): Operation =>
  (members) => {
    const { lambda } = dependencies.functions.resolve(parseInput(z.object({ FunctionName: z.string() }), members).FunctionName);
    return { FunctionUrlConfigs: [...lambda.urls.values()].map((url) => describe(dependencies, lambda, url)) };
  };
