import { IoTClient } from '@aws-sdk/client-iot';
import { createDynamoDbCampaignStore } from '../dynamodb/campaign-store.ts';
import { createDynamoDbClient } from '../dynamodb/client.ts';
import { createDynamoDbDueRotations } from '../dynamodb/due-rotations.ts';
import { createDynamoDbEnrollmentStore } from '../dynamodb/enrollment-store.ts';
import { createIotRotationJobs } from '../iot/rotation-jobs.ts';

/** What rotations are planned with in AWS. Nobody waits for it: rather than fail, it asks again where AWS throttles. */
export const openPlannerPorts = ({ tableName, thingArn }: { readonly tableName: string; readonly thingArn: string }) => {
  const client = createDynamoDbClient();
  return {
    store: createDynamoDbEnrollmentStore({ client, tableName }),
    due: createDynamoDbDueRotations(client, tableName),
    campaigns: createDynamoDbCampaignStore(client, tableName),
    jobs: createIotRotationJobs(new IoTClient({ maxAttempts: 8 }), thingArn),
  };
};
