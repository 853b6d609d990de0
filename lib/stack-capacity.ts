import { CfnResource, type Stack } from 'aws-cdk-lib';
import { ConfigurationError } from '../domain/configuration/configuration-error.ts';

/** CloudFormation quotas: resources in a template. */
const MAX_RESOURCES = 500;

/**
 * Refuses a configuration of more lines and tenants than one stack can hold, in words of the configuration.
 * @throws ConfigurationError
 */
export const refuseOverfull = (stack: Stack): void => {
  const count = stack.node.findAll().filter((construct) => CfnResource.isCfnResource(construct)).length;
  if (count <= MAX_RESOURCES) return;
  throw new ConfigurationError([
    {
      where: 'lines, tenants, operators',
      got: `so many that the stack "${stack.stackName}" has ${count} resources`,
      allowed: `${MAX_RESOURCES} resources in a stack (CloudFormation)`,
      fix: 'remove some, share topics in fewer tenants, choose from fewer groups, or move some to a deployment under another prefix',
    },
  ]);
};
