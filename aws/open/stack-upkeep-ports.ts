import { IoTClient } from '@aws-sdk/client-iot';
import { S3Client } from '@aws-sdk/client-s3';
import { createDynamoDbClaimStore } from '../dynamodb/claim-store.ts';
import { createDynamoDbClient } from '../dynamodb/client.ts';
import { createDynamoDbEnrollmentStore } from '../dynamodb/enrollment-store.ts';
import { createIotLineRelease } from '../iot/line-release.ts';
import { createS3BucketClearance } from '../s3/bucket-clearance.ts';
import { openVersionedResources } from '../iot/versions.ts';

/** What the upkeep of stacks reaches in AWS. CloudFormation waits for minutes: where AWS throttles, it asks again. */
export const openStackUpkeepPorts = (prefix: string, tableName: string) => {
  const client = createDynamoDbClient();
  const iot = new IoTClient({ maxAttempts: 8 });
  return {
    ...openVersionedResources(iot),
    store: createDynamoDbEnrollmentStore({ client, tableName }),
    claims: createDynamoDbClaimStore(client, tableName),
    release: createIotLineRelease(iot, prefix),
    buckets: createS3BucketClearance(new S3Client({ maxAttempts: 8 })),
  };
};
