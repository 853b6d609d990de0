import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbAddressBook } from '../../aws/dynamodb-address-book.ts';
import { ADDRESS_KEPT_MS, addressDigestOf } from '../../domain/audit/sources/address-digest.ts';
import { NOON } from '../builders/enrollment.ts';
import { type LocalDynamoDb, startDynamoDb } from '../fakes/local-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const entry = { eventId: 'presence-1', at: NOON, address: '192.0.2.7' };

describe('The address book', () => {
  test('answers the same digest whenever the same event is told, and others for others', async () => {
    const book = createDynamoDbAddressBook(dynamoDb.client, await dynamoDb.newTable());
    const digest = await book.keep(entry);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await book.keep(entry)).toBe(digest);
    expect(await book.keep({ ...entry, eventId: 'presence-2' })).not.toBe(digest);
  });

  test('keeps address and salt for ninety days, by which the digest can be checked', async () => {
    const TableName = await dynamoDb.newTable();
    const digest = await createDynamoDbAddressBook(dynamoDb.client, TableName).keep(entry);
    const { Item = {} } = await dynamoDb.client.send(
      new GetItemCommand({ TableName, Key: { pk: { S: 'address#presence-1' }, sk: { S: 'address' } } }),
    );
    expect(Item['address']?.S).toBe('192.0.2.7');
    expect(addressDigestOf(Buffer.from(Item['salt']?.S ?? '', 'hex'), Item['address']?.S ?? '')).toBe(digest);
    expect(Number(Item['expiresAtSeconds']?.N)).toBe(NOON / 1000 + 90 * 86_400);
  });

  test('tells the address of an event with its salt and its end, and of others nothing', async () => {
    const book = createDynamoDbAddressBook(dynamoDb.client, await dynamoDb.newTable(), () => Buffer.from('5a17', 'hex'));
    await book.keep(entry);
    expect(await book.read('presence-1')).toEqual({
      address: '192.0.2.7',
      salt: Buffer.from('5a17', 'hex'),
      until: NOON + ADDRESS_KEPT_MS,
    });
    expect(await book.read('presence-2')).toBeUndefined();
  });
});
