import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IoTClient } from '@aws-sdk/client-iot';
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import type { Configuration } from '../../domain/configuration/configuration-schema.ts';
import { createCloudWatchClaimAlarmRemoval, createCloudWatchClaimAlarms } from '../cloudwatch/claim-alarms.ts';
import { createCloudWatchClaimGauge } from '../cloudwatch/claim-gauge.ts';
import { createCloudWatchClaimUse } from '../cloudwatch/claim-use.ts';
import { createDynamoDbClaimConnections } from '../dynamodb/claim-connections.ts';
import { createDynamoDbClaimStore } from '../dynamodb/claim-store.ts';
import { createIotClaimCertificates } from '../iot/claim-certificates.ts';
import { createIotConnections } from '../iot/connections.ts';
import { createIotSharedUseSuppressions } from '../iot/shared-use-suppressions.ts';

export interface ClaimTable {
  readonly dynamoDb: DynamoDBClient;
  readonly tableName: string;
}

/** What the operations on claims reach in AWS; `alarmTopicArn` is of the SNS topic that claims' alarms go to. */
export const openClaimPorts = (
  { prefix, alarms, accountWide }: Configuration,
  { alarmTopicArn, ...table }: ClaimTable & { readonly alarmTopicArn: string },
) => {
  const cloudWatch = new CloudWatchClient();
  return {
    ...closingPorts(table, accountWide.deviceDefender !== undefined),
    claimAlarms: createCloudWatchClaimAlarms(cloudWatch, { prefix, topicArn: alarmTopicArn, alarms }),
    claimUse: createCloudWatchClaimUse(cloudWatch, prefix),
  };
};

/** What the sweep of claims reaches in AWS. */
export const openSweepPorts = ({ prefix, isAudited }: { readonly prefix: string; readonly isAudited: boolean }, table: ClaimTable) => {
  const cloudWatch = new CloudWatchClient();
  return {
    ...closingPorts(table, isAudited),
    claimAlarms: createCloudWatchClaimAlarmRemoval(cloudWatch, prefix),
    claimGauge: createCloudWatchClaimGauge(cloudWatch, prefix),
  };
};

const closingPorts = ({ dynamoDb, tableName }: ClaimTable, isAudited: boolean) => {
  // AWS IoT takes a few control-plane calls a second from a whole account: rather wait some seconds than give up.
  const iot = new IoTClient({ maxAttempts: 8 });
  return {
    claims: createDynamoDbClaimStore(dynamoDb, tableName),
    claimConnections: createDynamoDbClaimConnections(dynamoDb, tableName),
    certificates: createIotClaimCertificates(iot),
    connectionEnding: createIotConnections(new IoTDataPlaneClient()),
    suppressions: isAudited ? createIotSharedUseSuppressions(iot) : undefined,
  };
};
