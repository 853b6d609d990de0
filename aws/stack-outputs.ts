import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeploymentNotFoundError } from './deployment-error.ts';

/**
 * Reads the outputs of a stack.
 * @throws DeploymentNotFoundError when there is no such stack.
 */
export const readStackOutputs = async (client: CloudFormationClient, stackName: string): Promise<ReadonlyMap<string, string>> => {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const outputs = Stacks?.[0]?.Outputs ?? [];
    return new Map(outputs.flatMap(({ OutputKey, OutputValue }) => (OutputKey && OutputValue ? [[OutputKey, OutputValue] as const] : [])));
  } catch (error) {
    // CloudFormation says of a stack that is not there that the request is not valid.
    if (error instanceof Error && error.name === 'ValidationError') throw new DeploymentNotFoundError(stackName, error.message, error);
    throw error;
  }
};
