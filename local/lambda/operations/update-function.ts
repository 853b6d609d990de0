import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { describeFunction } from '../functions/describe-function.ts';
import { functionCodeInput, packageOf } from '../functions/function-code-input.ts';
import { configurationChange, configured } from '../functions/function-configuration.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';

const codeInput = functionCodeInput.extend({ FunctionName: z.string(), Publish: z.boolean().default(false) });

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html */
export const updateFunctionCode =
  (dependencies: LambdaDependencies): Operation =>
  async (members) => {
    const wanted = parseInput(codeInput, members);
    const { lambda } = dependencies.functions.resolve(wanted.FunctionName);
    const nowMs = dependencies.clock.now();
    lambda.change({ code: await packageOf(dependencies, wanted), nowMs });
    return wanted.Publish
      ? describeFunction(lambda, lambda.publish(nowMs, undefined), true)
      : describeFunction(lambda, lambda.latest, false);
  };

const settingsInput = configurationChange.extend({ FunctionName: z.string() });

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html */
export const updateFunctionConfiguration =
  ({ functions, clock }: LambdaDependencies): Operation =>
  (members) => {
    const { FunctionName, ...change } = parseInput(settingsInput, members);
    const { lambda } = functions.resolve(FunctionName);
    lambda.change({ configuration: configured(lambda.latest.configuration, change), nowMs: clock.now() });
    return describeFunction(lambda, lambda.latest, false);
  };
