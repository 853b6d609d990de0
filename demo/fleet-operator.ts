import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describeDeployment } from '../aws/cloudformation/deployment.ts';
import { createDynamoDbClaimStore } from '../aws/dynamodb/claim-store.ts';
import { createDynamoDbClient } from '../aws/dynamodb/client.ts';
import { createDynamoDbEnrollmentStore } from '../aws/dynamodb/enrollment-store.ts';
import { openOperations } from '../aws/open/operations.ts';
import { readConfiguration } from '../cli/read-configuration.ts';
import type { ClaimStore } from '../domain/claim/claim-ports.ts';
import type { Configuration } from '../domain/configuration.ts';
import type { OperationsClient } from '../domain/operations-client.ts';
import type { EnrollmentStore } from '../domain/ports.ts';

/** A deployment, somebody who may change it, and a look into its records. */
export interface FleetOperator {
  readonly configuration: Configuration;
  readonly client: OperationsClient;
  readonly store: EnrollmentStore;
  readonly claims: ClaimStore;
}

/** Finds the deployment that the configuration names, with whatever credentials there are. */
export const openFleetOperator = async (variables: NodeJS.ProcessEnv): Promise<FleetOperator> => {
  const configuration = await readConfiguration(variables);
  const [{ tableName }, client] = await Promise.all([
    describeDeployment(new CloudFormationClient(), configuration.prefix),
    openOperations(configuration, undefined),
  ]);
  const dynamoDb = createDynamoDbClient();
  return {
    configuration,
    client,
    store: createDynamoDbEnrollmentStore({ client: dynamoDb, tableName }),
    claims: createDynamoDbClaimStore(dynamoDb, tableName),
  };
};
