import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IoTClient } from '@aws-sdk/client-iot';
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import { createCloudWatchClaimAlarms } from '../../../aws/cloudwatch-claim-alarms.ts';
import { createCloudWatchClaimUse } from '../../../aws/cloudwatch-claim-use.ts';
import { createDynamoDbClaimConnections } from '../../../aws/dynamodb-claim-connections.ts';
import { createDynamoDbClaimStore } from '../../../aws/dynamodb-claim-store.ts';
import { createIotClaimCertificates } from '../../../aws/iot-claim-certificates.ts';
import { createIotConnections } from '../../../aws/iot-connections.ts';
import { lineSettingsOf } from '../../../domain/configuration-line-settings.ts';
import type { Configuration } from '../../../domain/configuration-schema.ts';
import type { AuditLog } from '../../../domain/ports.ts';
import { systemClock } from '../../middleware/clock.ts';
import type { ClaimResources } from './claim-resources.ts';

export interface ClaimAccess {
  readonly dynamoDb: DynamoDBClient;
  readonly tableName: string;
  readonly alarmTopicArn: string;
  readonly audit: AuditLog;
}

/** Everything that the operations on claims are performed with, in AWS. */
export const openClaimResources = (
  configuration: Configuration,
  { dynamoDb, tableName, alarmTopicArn, audit }: ClaimAccess,
): ClaimResources => {
  const { prefix, alarms } = configuration;
  const cloudWatch = new CloudWatchClient();
  return {
    prefix,
    lines: lineSettingsOf(configuration),
    audit,
    clock: systemClock,
    claims: createDynamoDbClaimStore(dynamoDb, tableName),
    // AWS IoT takes a few control-plane calls a second from a whole account: an operator rather waits some seconds.
    certificates: createIotClaimCertificates(new IoTClient({ maxAttempts: 8 })),
    claimConnections: createDynamoDbClaimConnections(dynamoDb, tableName),
    connectionEnding: createIotConnections(new IoTDataPlaneClient()),
    claimAlarms: createCloudWatchClaimAlarms(cloudWatch, {
      prefix,
      topicArn: alarmTopicArn,
      refusalsPerFiveMinutes: alarms.claimRefusalsPerFiveMinutes,
      unknownSerialsPerFiveMinutes: alarms.unknownSerialsPerFiveMinutes,
    }),
    claimUse: createCloudWatchClaimUse(cloudWatch, prefix),
  };
};
