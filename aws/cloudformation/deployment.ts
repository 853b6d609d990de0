import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { stackNames } from '../../domain/stack-names.ts';
import { DeploymentNotFoundError } from './deployment-error.ts';
import { readStackOutputs } from './read-stack.ts';

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
  const outputs = await readStackOutputs(client, data);
  const output = (name: string): string => {
    const value = outputs.get(name);
    if (value === undefined) throw new DeploymentNotFoundError(data, `it has no output "${name}"`);
    return value;
  };
  return { tableName: output('TableName'), auditLogGroupName: output('AuditLogGroupName') };
};
