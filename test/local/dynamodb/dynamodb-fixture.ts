import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamodbService } from '../../../local/dynamodb/dynamodb-service.ts';
import { createDynamodbService } from '../../../local/dynamodb/dynamodb-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { serve, testAccount, testStartMs } from '../service-endpoint.ts';

export interface DynamodbFixture {
  readonly clock: ManualClock;
  readonly service: DynamodbService;
  readonly client: DynamoDBClient;
  /** A new table with the hash key `id`. */
  newTable(): Promise<string>;
  stop(): Promise<void>;
}

/** A DynamoDB of its own, and an SDK client of it. */
export const startDynamodb = async (): Promise<DynamodbFixture> => {
  const clock = new ManualClock(testStartMs);
  const service = createDynamodbService({ account: testAccount, clock });
  const endpoint = await serve(service.api);
  const client = new DynamoDBClient(endpoint.config);
  let count = 0;
  const newTable = async (): Promise<string> => {
    count += 1;
    const TableName = `table-${count}`;
    const AttributeDefinitions = [{ AttributeName: 'id', AttributeType: 'S' as const }];
    const KeySchema = [{ AttributeName: 'id', KeyType: 'HASH' as const }];
    await client.send(new CreateTableCommand({ TableName, AttributeDefinitions, KeySchema, BillingMode: 'PAY_PER_REQUEST' }));
    // The engine's tables are active one turn of its timer later.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return TableName;
  };
  const stop = async (): Promise<void> => {
    client.destroy();
    await endpoint.stop();
    await service.stop();
  };
  return { clock, service, client, newTable, stop };
};
