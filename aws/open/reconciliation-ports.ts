import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IoTClient } from '@aws-sdk/client-iot';
import { createCloudWatchEmittedEvents } from '../cloudwatch/emitted-events.ts';
import { createDynamoDbClaimStore } from '../dynamodb/claim-store.ts';
import { createDynamoDbClient } from '../dynamodb/client.ts';
import { createDynamoDbDueEnrollments } from '../dynamodb/due-enrollments.ts';
import { createDynamoDbDueRotations } from '../dynamodb/due-rotations.ts';
import { createDynamoDbEnrollmentStore } from '../dynamodb/enrollment-store.ts';
import { createDynamoDbIssuedCertificates } from '../dynamodb/issued-certificates.ts';
import { createDynamoDbPassProgress } from '../dynamodb/pass-progress.ts';
import { createIotCertificateRetirement } from '../iot/certificate-retirement.ts';
import { createIotCertificateStates } from '../iot/certificate-states.ts';
import { createIotRegistryReads } from '../iot/registry-reads.ts';
import { createIotThingGroups } from '../iot/thing-groups.ts';
import { openCertificateRevocation } from '../private-ca/revocation.ts';

interface ReconciledResources {
  readonly tableName: string;
  readonly logGroupName: string;
  /** Of the own authority, where there is one. */
  readonly authorityArn: string | undefined;
}

/** What reconciliation reaches in AWS. Nobody waits for it: rather than fail, it asks again where AWS throttles. */
export const openReconciliationPorts = (prefix: string, { tableName, logGroupName, authorityArn }: ReconciledResources) => {
  const client = createDynamoDbClient();
  const iot = new IoTClient({ maxAttempts: 8 });
  const revocation = openCertificateRevocation(authorityArn);
  return {
    store: createDynamoDbEnrollmentStore({ client, tableName }),
    claims: createDynamoDbClaimStore(client, tableName),
    due: createDynamoDbDueEnrollments(client, tableName),
    dueRotations: createDynamoDbDueRotations(client, tableName),
    progress: createDynamoDbPassProgress(client, tableName),
    registry: createIotRegistryReads(iot, prefix),
    certificateStates: createIotCertificateStates(iot),
    thingGroups: createIotThingGroups(iot),
    retirement: createIotCertificateRetirement(iot, revocation),
    ...(revocation === undefined ? {} : { ownAuthority: { issued: createDynamoDbIssuedCertificates(client, tableName), revocation } }),
    emitted: createCloudWatchEmittedEvents(new CloudWatchLogsClient({ maxAttempts: 8 }), logGroupName),
  };
};
