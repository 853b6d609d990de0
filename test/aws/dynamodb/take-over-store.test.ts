import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbTakeOverStore } from '../../../aws/dynamodb/take-over-store.ts';
import type { TakeOverStore } from '../../../domain/connection/take-over-ports.ts';
import type { TakeOvers } from '../../../domain/connection/take-overs.ts';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { aCertificateId } from '../../builders/identifiers.ts';
import { InMemoryWatchStore } from '../../fakes/in-memory-watch-store.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const { thingName } = anEnrollment();
const first: TakeOvers = { thingName, principal: aCertificateId('first'), held: [{ since: NOON, address: '192.0.2.1' }], version: 1 };
const second: TakeOvers = { ...first, held: [...first.held, { since: NOON + 1, address: '192.0.2.2' }], suspectedOn: 20_000, version: 2 };

const stores: readonly (readonly [string, () => Promise<TakeOverStore>])[] = [
  ['DynamoDB', async () => createDynamoDbTakeOverStore(dynamoDb.client, await dynamoDb.newTable())],
  ['memory', () => Promise.resolve(new InMemoryWatchStore<TakeOvers>())],
];

describe.each(stores)('Take-overs in %s', (_, open) => {
  test('are what was written last, by whoever knew what was there', async () => {
    const store = await open();
    expect(await store.read(thingName)).toBeUndefined();
    expect(await store.write(second)).toBe('conflict');
    expect(await store.write(first)).toBe('written');
    expect(await store.write(first)).toBe('conflict');
    expect(await store.write(second)).toBe('written');
    expect(await store.read(thingName)).toEqual(second);
  });
});

test('Take-overs that somebody else wrote are not believed', async () => {
  const TableName = await dynamoDb.newTable();
  await dynamoDb.client.send(new PutItemCommand({ TableName, Item: { pk: { S: `take-overs#${thingName}` }, sk: { S: 'take-overs' } } }));
  await expect(createDynamoDbTakeOverStore(dynamoDb.client, TableName).read(thingName)).rejects.toThrow('take-overs');
});
