import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { operatorScopesOf } from '../../domain/configuration/configuration-operator-scopes.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { OperationError } from '../../domain/operation-error.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { operationsUrlOutput } from '../../domain/operations-outputs.ts';
import type { OperatorScope } from '../../domain/operator-scope.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { stackNames } from '../../domain/stack-names.ts';
import { DeploymentNotFoundError } from '../cloudformation/deployment-error.ts';
import { createOperationsClient } from '../operations/operations-client.ts';
import { createSendToScopes } from '../operations/send-to-scopes.ts';
import { createSignedPost } from '../operations/signed-post.ts';
import { readStackOutputs } from '../cloudformation/read-stack.ts';

/**
 * The way to the operations of the deployment that a configuration describes, with the credentials, region and endpoints that
 * the AWS SDK finds by itself.
 * @throws DeploymentNotFoundError, OperationError where there is no scope of that name.
 */
export const openOperations = async (
  configuration: Configuration,
  wanted: string | undefined,
  cloudFormation = new CloudFormationClient(),
): Promise<OperationsClient> => {
  const { operations: stackName } = stackNames(configuration.prefix);
  const scopes = operatorScopesOf(configuration);
  const names = resourceNames(configuration.prefix);
  const policyOf = ({ name }: OperatorScope): string => names.operatorPolicy(name);
  const outputs = await readStackOutputs(cloudFormation, stackName).catch((error: unknown) => {
    throw isDenied(error) ? notAllowed(scopes.map(policyOf)) : error;
  });
  // Of the client, so that both sign with the same credentials for the same region.
  const { credentials, region } = cloudFormation.config;
  const post = createSignedPost({ credentials, region });
  return createOperationsClient(
    createSendToScopes({
      scopes,
      wanted,
      policyOf,
      post: (scope, body) => {
        const url = outputs.get(operationsUrlOutput(scope.name));
        if (url === undefined) throw new DeploymentNotFoundError(stackName, `it has no URL for the scope "${scope.name}"`);
        return post(url, body);
      },
    }),
  );
};

const isDenied = (error: unknown): boolean => error instanceof Error && /^AccessDenied(Exception)?$/.test(error.name);

const notAllowed = (policies: readonly string[]): OperationError =>
  new OperationError(
    'ERR_NOT_ALLOWED',
    `AWS does not let you find the deployment. Whoever runs the account can attach one of these managed policies to you: ${policies.join(', ')}.`,
  );
