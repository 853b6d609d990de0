import { randomUUID } from 'node:crypto';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IoTClient } from '@aws-sdk/client-iot';
import { STSClient } from '@aws-sdk/client-sts';
import type { ClaimCertificates, ClaimClosure, EnrollmentStore } from '../domain/ports.ts';
import { type BufferedAuditLog, createCloudWatchAuditLog } from './cloudwatch-audit-log.ts';
import { describeDeployment } from './deployment.ts';
import { createDynamoDbClient } from './dynamodb-client.ts';
import { createDynamoDbClaimClosure } from './dynamodb-claim-closure.ts';
import { createDynamoDbEnrollmentStore } from './dynamodb-enrollment-store.ts';
import { createIotClaimCertificates } from './iot-claim-certificates.ts';
import { readOperatorArn } from './operator-identity.ts';

/** A deployment as an operator reaches it. */
export interface OpenDeployment {
  readonly store: EnrollmentStore;
  readonly closure: ClaimClosure;
  readonly certificates: ClaimCertificates;
  readonly audit: BufferedAuditLog;
  /** The ARN of whoever's credentials are in use. */
  readonly operatorArn: string;
}

/** AWS IoT takes a few calls a second from a whole account: an operator rather waits some seconds than has everything undone. */
const patient = { maxAttempts: 8 };

/**
 * Finds the deployment of that prefix, with the credentials, region and endpoints that the AWS SDK finds by itself.
 * @throws DeploymentNotFoundError
 */
export const openDeployment = async (prefix: string): Promise<OpenDeployment> => {
  const [{ tableName, auditLogGroupName }, operatorArn] = await Promise.all([
    describeDeployment(new CloudFormationClient(patient), prefix),
    readOperatorArn(new STSClient()),
  ]);
  const dynamoDb = createDynamoDbClient();
  return {
    store: createDynamoDbEnrollmentStore({ client: dynamoDb, tableName }),
    closure: createDynamoDbClaimClosure(dynamoDb, tableName),
    certificates: createIotClaimCertificates(new IoTClient(patient)),
    audit: createCloudWatchAuditLog(new CloudWatchLogsClient(), auditLogGroupName, `operator/${randomUUID()}`),
    operatorArn,
  };
};
