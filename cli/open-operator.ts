import { randomUUID } from 'node:crypto';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IoTClient } from '@aws-sdk/client-iot';
import { STSClient } from '@aws-sdk/client-sts';
import { createCloudWatchAuditLog } from '../aws/cloudwatch-audit-log.ts';
import { describeDeployment } from '../aws/deployment.ts';
import { createDynamoDbClaimClosure } from '../aws/dynamodb-claim-closure.ts';
import { createDynamoDbEnrollmentStore } from '../aws/dynamodb-enrollment-store.ts';
import { createIotClaimCertificates } from '../aws/iot-claim-certificates.ts';
import { readOperatorArn } from '../aws/operator-identity.ts';
import type { Operator } from './operator.ts';
import { readConfiguration } from './read-configuration.ts';

/** Finds the deployment that the configuration names, with the credentials and endpoints that the AWS SDK finds by itself. */
export const openOperator = async (variables: NodeJS.ProcessEnv): Promise<Operator> => {
  const configuration = await readConfiguration(variables);
  const [{ tableName, auditLogGroupName }, arn] = await Promise.all([
    describeDeployment(new CloudFormationClient(), configuration.prefix),
    readOperatorArn(new STSClient()),
  ]);
  const dynamoDb = new DynamoDBClient();
  return {
    configuration,
    store: createDynamoDbEnrollmentStore({ client: dynamoDb, tableName }),
    closure: createDynamoDbClaimClosure(dynamoDb, tableName),
    certificates: createIotClaimCertificates(new IoTClient()),
    audit: createCloudWatchAuditLog(new CloudWatchLogsClient(), auditLogGroupName, `operator/${randomUUID()}`),
    arn,
    now: Date.now,
  };
};
