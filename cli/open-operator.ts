import { openDeployment } from '../aws/open-deployment.ts';
import type { Operator } from './operator.ts';
import { readConfiguration } from './read-configuration.ts';

/** Finds the deployment that the configuration names, and who may change it. */
export const openOperator = async (variables: NodeJS.ProcessEnv): Promise<Operator> => {
  const configuration = await readConfiguration(variables);
  const { operatorArn, ...deployment } = await openDeployment(configuration.prefix);
  return { ...deployment, configuration, arn: operatorArn, now: Date.now };
};
