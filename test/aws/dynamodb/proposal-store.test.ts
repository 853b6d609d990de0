import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbProposalStore } from '../../../aws/dynamodb/proposal-store.ts';
import { NOON } from '../../builders/enrollment.ts';
import { describeProposalStore } from '../../contracts/proposal-store.contract.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

describeProposalStore('The proposal store on DynamoDB', async () =>
  createDynamoDbProposalStore(dynamoDb.client, await dynamoDb.newTable()),
);

test('A proposal says when DynamoDB may forget it', async () => {
  const TableName = await dynamoDb.newTable();
  const store = createDynamoDbProposalStore(dynamoDb.client, TableName);
  const key = { operation: 'devices.revoke', inputDigest: 'a'.repeat(64) };
  await store.propose({ ...key, id: 'event-1', by: 'arn', role: 'operator', until: NOON + 1 }, NOON);
  const Key = { pk: { S: `proposal#devices.revoke#${key.inputDigest}` }, sk: { S: 'proposal' } };
  const { Item } = await dynamoDb.client.send(new GetItemCommand({ TableName, Key }));
  expect(Item?.['expiresAtSeconds']).toEqual({ N: String(NOON / 1000 + 1) });
});
