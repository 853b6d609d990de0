import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { stackNames } from '../domain/stack-names.ts';
import { DeploymentNotFoundError } from './deployment-error.ts';

/** What the operator's commands need to know of a deployment. */
export interface DeployedResources {
  readonly tableName: string;
  readonly auditLogGroupName: string;
}

/**
 * Reads a deployment's stack outputs.
 * @throws DeploymentNotFoundError when the data stack is not there or lacks an output.
 */
export const describeDeployment = async (client: CloudFormationClient, prefix: string): Promise<DeployedResources> => {
  const { data } = stackNames(prefix);
  const outputs = await outputsOf(client, data);
  const output = (name: string): string => {
    const value = outputs.get(name);
    if (value === undefined) throw new DeploymentNotFoundError(data, `it has no output "${name}"`);
    return value;
  };
  return { tableName: output('TableName'), auditLogGroupName: output('AuditLogGroupName') };
};

const outputsOf = async (client: CloudFormationClient, stackName: string): Promise<ReadonlyMap<string, string>> => {
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
