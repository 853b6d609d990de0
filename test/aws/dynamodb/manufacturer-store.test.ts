import { createDynamoDbManufacturerStore } from '../../../aws/dynamodb/manufacturer-store.ts';
import { describeManufacturerStore } from '../../contracts/manufacturer-store.contract.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

describeManufacturerStore('manufacturers in DynamoDB', async () =>
  createDynamoDbManufacturerStore(dynamoDb.client, await dynamoDb.newTable()),
);
