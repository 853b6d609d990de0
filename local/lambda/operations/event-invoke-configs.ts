import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';

const qualified = z.object({ FunctionName: z.string(), Qualifier: z.string().optional() });

const putInput = qualified.extend({
  MaximumRetryAttempts: z.int().min(0).max(2).optional(),
  MaximumEventAgeInSeconds: z.int().min(60).max(21_600).optional(),
  // A destination that is named and gets nothing would be worse than a refusal.
  DestinationConfig: z.object({ OnSuccess: z.strictObject({}).optional(), OnFailure: z.strictObject({}).optional() }).optional(),
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html, without destinations. */
export const putFunctionEventInvokeConfig =
  ({ functions, clock }: LambdaDependencies): Operation =>
  (members) => {
    const { FunctionName, Qualifier, ...settings } = parseInput(putInput, members);
    const { lambda, reference } = functions.resolve(FunctionName, Qualifier);
    const qualifier = reference.qualifier ?? '$LATEST';
    const config = { FunctionArn: `${lambda.arn}:${qualifier}`, LastModified: new Date(clock.now()), ...settings };
    lambda.eventInvokeConfigs.set(qualifier, config);
    return config;
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html */
export const getFunctionEventInvokeConfig =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const { FunctionName, Qualifier } = parseInput(qualified, members);
    const { lambda, reference } = functions.resolve(FunctionName, Qualifier);
    const config = lambda.eventInvokeConfigs.get(reference.qualifier ?? '$LATEST');
    if (config === undefined)
      throw new AwsError('ResourceNotFoundException', `The function ${lambda.arn} doesn't have an EventInvokeConfig`, { status: 404 });
    return config;
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionEventInvokeConfig.html */
export const deleteFunctionEventInvokeConfig =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const { FunctionName, Qualifier } = parseInput(qualified, members);
    const { lambda, reference } = functions.resolve(FunctionName, Qualifier);
    if (lambda.eventInvokeConfigs.delete(reference.qualifier ?? '$LATEST')) return undefined;
    throw new AwsError('ResourceNotFoundException', `The function ${lambda.arn} doesn't have an EventInvokeConfig`, { status: 404 });
  };
