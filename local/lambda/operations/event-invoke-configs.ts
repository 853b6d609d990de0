import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';

const qualified = z.object({ FunctionName: z.string(), Qualifier: z.string().optional() });

const onFailure = z.strictObject({
  Destination: z
    .string()
    .regex(/^arn:aws[a-z-]*:sqs:/, 'must be the ARN of a queue: the local AWS delivers to no other destination')
    .optional(),
});

const putInput = qualified.extend({
  MaximumRetryAttempts: z.int().min(0).max(2).optional(),
  MaximumEventAgeInSeconds: z.int().min(60).max(21_600).optional(),
  // A destination that is named and gets nothing would be worse than a refusal.
  DestinationConfig: z.object({ OnSuccess: z.strictObject({}).optional(), OnFailure: onFailure.optional() }).optional(),
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html, with queues for what fails. */
export const putFunctionEventInvokeConfig =
  ({ functions, clock, ports }: LambdaDependencies): Operation =>
  (members) => {
    const { FunctionName, Qualifier, ...settings } = parseInput(putInput, members);
    const { lambda, reference } = functions.resolve(FunctionName, Qualifier);
    const qualifier = reference.qualifier ?? '$LATEST';
    const destination = settings.DestinationConfig?.OnFailure?.Destination;
    if (destination !== undefined && !ports.maySendToQueue(lambda.resolve(reference.qualifier).configuration.Role, destination)) {
      const message = `The provided destination config DestinationConfig is invalid: the function's execution role does not have permissions to call SendMessage on ${destination}`;
      throw new AwsError('InvalidParameterValueException', message);
    }
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
