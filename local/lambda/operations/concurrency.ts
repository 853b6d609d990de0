import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';

const byName = z.object({ FunctionName: z.string() });

/** Lambda Developer Guide, "Configuring reserved concurrency": so much is left to the functions without a reservation. */
const minUnreserved = 100;

const tooMuch = (): AwsError =>
  new AwsError(
    'InvalidParameterValueException',
    `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${String(minUnreserved)}].`,
  );

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
export const putFunctionConcurrency =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const wanted = parseInput(byName.extend({ ReservedConcurrentExecutions: z.int().min(0) }), members);
    const { lambda } = functions.resolve(wanted.FunctionName);
    const left = functions.unreservedConcurrency + (lambda.reservedConcurrency ?? 0) - wanted.ReservedConcurrentExecutions;
    if (wanted.ReservedConcurrentExecutions > 0 && left < minUnreserved) throw tooMuch();
    lambda.reservedConcurrency = wanted.ReservedConcurrentExecutions;
    return { ReservedConcurrentExecutions: wanted.ReservedConcurrentExecutions };
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
export const getFunctionConcurrency =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const { reservedConcurrency } = functions.resolve(parseInput(byName, members).FunctionName).lambda;
    return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html */
export const deleteFunctionConcurrency =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    functions.resolve(parseInput(byName, members).FunctionName).lambda.reservedConcurrency = undefined;
    return undefined;
  };
