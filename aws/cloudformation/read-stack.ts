import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeploymentNotFoundError } from './deployment-error.ts';

export type StackOutputs = ReadonlyMap<string, string>;

/** A stack that is there. */
export interface DeployedStack {
  readonly outputs: StackOutputs;
  /** When it was made, in milliseconds since the epoch. */
  readonly createdAt: number;
}

/**
 * Reads what CloudFormation knows of a stack.
 * @throws DeploymentNotFoundError when there is no such stack.
 */
export const readStack = async (client: CloudFormationClient, stackName: string): Promise<DeployedStack> => {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const { Outputs = [], CreationTime } = Stacks[0] ?? {};
    const outputs = Outputs.flatMap(({ OutputKey, OutputValue }) => (OutputKey && OutputValue ? [[OutputKey, OutputValue] as const] : []));
    return { outputs: new Map(outputs), createdAt: CreationTime?.getTime() ?? 0 };
  } catch (error) {
    // CloudFormation says of a stack that is not there that the request is not valid.
    if (error instanceof Error && error.name === 'ValidationError') throw new DeploymentNotFoundError(stackName, error.message, error);
    throw error;
  }
};

/**
 * Reads the outputs of a stack.
 * @throws DeploymentNotFoundError when there is no such stack.
 */
export const readStackOutputs = async (client: CloudFormationClient, stackName: string): Promise<StackOutputs> =>
  (await readStack(client, stackName)).outputs;
