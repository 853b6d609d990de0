import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { describeFunction } from '../functions/describe-function.ts';
import { functionCodeInput, packageOf } from '../functions/function-code-input.ts';
import { configurationChange, configured } from '../functions/function-configuration.ts';
import { functionArn, parseFunctionReference } from '../functions/function-reference.ts';
import { LambdaFunction } from '../functions/lambda-function.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';

const input = z.object({
  FunctionName: z.string(),
  Code: functionCodeInput,
  PackageType: z.literal('Zip').default('Zip'),
  Publish: z.boolean().default(false),
  Tags: z.record(z.string(), z.string()).default({}),
});

/** Lambda tries the role when the function is made, not only when it runs. */
const requireAssumable = async ({ ports }: LambdaDependencies, roleArn: string | undefined, sessionName: string): Promise<void> => {
  try {
    if (roleArn !== undefined) await ports.assumeRole(roleArn, sessionName);
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
    throw new AwsError(
      'InvalidParameterValueException',
      `The role defined for the function cannot be assumed by Lambda. (${thrown.message})`,
    );
  }
};

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const createFunction =
  (dependencies: LambdaDependencies): Operation =>
  async (members) => {
    const { FunctionName, Code, Publish, Tags } = parseInput(input, members);
    const settings = parseInput(configurationChange, members);
    const { account, clock, functions, runner } = dependencies;
    const { functionName: name } = parseFunctionReference(FunctionName);
    if (functions.byName(name) !== undefined)
      throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, { status: 409 });
    await requireAssumable(dependencies, settings.Role, name);
    const first = { configuration: configured({}, settings), code: await packageOf(dependencies, Code), nowMs: clock.now() };
    const arn = functionArn(account, { functionName: name, qualifier: undefined });
    const lambda = new LambdaFunction({ name, arn }, first, (version) => runner.poolOf(name, version));
    for (const [key, value] of Object.entries(Tags)) lambda.tags.set(key, value);
    functions.add(lambda);
    return Publish
      ? describeFunction(lambda, lambda.publish(clock.now(), undefined), true)
      : describeFunction(lambda, lambda.latest, false);
  };
