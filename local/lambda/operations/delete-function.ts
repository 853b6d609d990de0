import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';

const input = z.object({ FunctionName: z.string(), Qualifier: z.string().optional() });

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html: with a qualifier, only that version. */
export const deleteFunction =
  ({ functions }: LambdaDependencies): Operation =>
  (members) => {
    const { FunctionName, Qualifier } = parseInput(input, members);
    const { lambda, reference } = functions.resolve(FunctionName, Qualifier);
    if (reference.qualifier === undefined) functions.remove(lambda);
    else lambda.removeVersion(reference.qualifier);
    return undefined;
  };
