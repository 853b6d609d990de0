import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { describeFunction } from '../functions/describe-function.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';

const input = z.object({ FunctionName: z.string(), Qualifier: z.string().optional() });

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export const getFunctionConfiguration =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const { FunctionName, Qualifier } = parseInput(input, members);
    const { lambda, reference } = functions.resolve(FunctionName, Qualifier);
    return describeFunction(lambda, lambda.resolve(reference.qualifier), reference.qualifier !== undefined);
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export const getFunction =
  (dependencies: LambdaDependencies): Operation =>
  async (members, caller) => {
    const { lambda } = dependencies.functions.resolve(parseInput(input, members).FunctionName);
    const { reservedConcurrency } = lambda;
    return {
      Configuration: await getFunctionConfiguration(dependencies)(members, caller),
      Code: { RepositoryType: 'S3' },
      Tags: Object.fromEntries(lambda.tags),
      ...(reservedConcurrency === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
    };
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html; all of them in one page. */
export const listFunctions =
  ({ functions }: LambdaDependencies): Operation =>
  () => ({ Functions: functions.list().map((lambda) => describeFunction(lambda, lambda.latest, false)) });
