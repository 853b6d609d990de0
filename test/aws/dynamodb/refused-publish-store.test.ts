import { createDynamoDbRefusedPublishStore } from '../../../aws/dynamodb/refused-publish-store.ts';
import type { RefusedPublishes } from '../../../domain/connection/refused-publishes.ts';
import type { WatchStore } from '../../../domain/connection/watch-store.ts';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { InMemoryWatchStore } from '../../fakes/in-memory-watch-store.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const { thingName } = anEnrollment();
const first: RefusedPublishes = { thingName, seen: [{ id: '3'.repeat(56), at: NOON }], version: 1 };
const second: RefusedPublishes = { ...first, suspectedOn: 20_000, version: 2 };

const stores: readonly (readonly [string, () => Promise<WatchStore<RefusedPublishes>>])[] = [
  ['DynamoDB', async () => createDynamoDbRefusedPublishStore(dynamoDb.client, await dynamoDb.newTable())],
  ['memory', () => Promise.resolve(new InMemoryWatchStore<RefusedPublishes>())],
];

describe.each(stores)('Refused messages in %s', (_, open) => {
  test('are what was written last, by whoever knew what was there', async () => {
    const store = await open();
    expect([await store.write(second), await store.write(first), await store.write(first)]).toEqual(['conflict', 'written', 'conflict']);
    expect(await store.write(second)).toBe('written');
    expect(await store.read(thingName)).toEqual(second);
  });
});
