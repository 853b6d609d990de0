import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { operatorScopesOf } from '../domain/configuration-operator-scopes.ts';
import type { Configuration } from '../domain/configuration.ts';
import type { OperationsClient } from '../domain/operations-client.ts';
import { operationsUrlOutput } from '../domain/operations-outputs.ts';
import { resourceNames } from '../domain/resource-names.ts';
import { stackNames } from '../domain/stack-names.ts';
import { DeploymentNotFoundError } from './deployment-error.ts';
import { createOperationsClient } from './operations-client.ts';
import { createSendToScopes } from './send-to-scopes.ts';
import { createSignedPost } from './signed-post.ts';
import { readStackOutputs } from './stack-outputs.ts';

/**
 * The way to the operations of the deployment that a configuration describes, with the credentials, region and endpoints that
 * the AWS SDK finds by itself.
 * @throws DeploymentNotFoundError, OperationError where there is no scope of that name.
 */
export const openOperations = async (configuration: Configuration, wanted: string | undefined): Promise<OperationsClient> => {
  const { operations: stackName } = stackNames(configuration.prefix);
  const cloudFormation = new CloudFormationClient();
  const outputs = await readStackOutputs(cloudFormation, stackName);
  // Of the client, so that both sign with the same credentials for the same region.
  const { credentials, region } = cloudFormation.config;
  const post = createSignedPost({ credentials, region });
  const names = resourceNames(configuration.prefix);
  return createOperationsClient(
    createSendToScopes({
      scopes: operatorScopesOf(configuration),
      wanted,
      policyOf: ({ name }) => names.operatorPolicy(name),
      post: (scope, body) => {
        const url = outputs.get(operationsUrlOutput(scope.name));
        if (url === undefined) throw new DeploymentNotFoundError(stackName, `it has no URL for the scope "${scope.name}"`);
        return post(url, body);
      },
    }),
  );
};
