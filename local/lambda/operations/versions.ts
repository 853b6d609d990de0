import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { describeFunction } from '../functions/describe-function.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';

const publishInput = z.object({ FunctionName: z.string(), Description: z.string().max(256).optional() });

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html */
export const publishVersion =
  ({ functions, clock }: LambdaDependencies): Operation =>
  (members) => {
    const { FunctionName, Description } = parseInput(publishInput, members);
    const { lambda } = functions.resolve(FunctionName);
    return describeFunction(lambda, lambda.publish(clock.now(), Description), true);
  };

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html; all of them in one page. */
export const listVersionsByFunction =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const { lambda } = functions.resolve(parseInput(z.object({ FunctionName: z.string() }), members).FunctionName);
    return { Versions: lambda.versions().map((version) => describeFunction(lambda, version, true)) };
  };
