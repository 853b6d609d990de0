import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbAddressBook } from '../../../aws/dynamodb/address-book.ts';
import { ADDRESS_KEPT_MS, type AddressBook, type AddressEntry, addressDigestOf } from '../../../domain/audit/sources/address-digest.ts';
import { NOON } from '../../builders/enrollment.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const entry = { eventId: 'presence-1', at: NOON, address: '192.0.2.7' };

const keepOne = async (book: AddressBook, one: AddressEntry): Promise<string | undefined> => (await book.keep([one])).get(one.eventId);

describe('The address book', () => {
  test('answers the same digest whenever the same event is told, and others for others', async () => {
    const book = createDynamoDbAddressBook(dynamoDb.client, await dynamoDb.newTable());
    const digest = await keepOne(book, entry);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await keepOne(book, entry)).toBe(digest);
    expect(await keepOne(book, { ...entry, eventId: 'presence-2' })).not.toBe(digest);
  });

  test('keeps a whole batch by one request, and what was told before one by one, by the digest that it had', async () => {
    const book = createDynamoDbAddressBook(dynamoDb.client, await dynamoDb.newTable());
    const batch = Array.from({ length: 100 }, (_, index) => ({ ...entry, eventId: `presence-${index}` }));
    const digests = await book.keep([...batch, entry]);
    expect([digests.size, dynamoDb.takeSent()]).toEqual([100, ['TransactWriteItemsCommand']]);
    const again = await book.keep([...batch.slice(0, 2), { ...entry, eventId: 'presence-new' }]);
    expect(again.get('presence-0')).toBe(digests.get('presence-0'));
    expect(again.get('presence-1')).toBe(digests.get('presence-1'));
    expect(dynamoDb.takeSent().toSorted()).toEqual(['PutItemCommand', 'PutItemCommand', 'PutItemCommand', 'TransactWriteItemsCommand']);
    expect(addressDigestOf((await book.read('presence-new'))?.salt ?? new Uint8Array(), entry.address)).toBe(again.get('presence-new'));
  });

  test('keeps nothing of a batch that could not be kept', async () => {
    const book = createDynamoDbAddressBook(dynamoDb.client, 'NoSuchTable');
    await expect(book.keep([entry])).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('keeps address and salt for ninety days, by which the digest can be checked', async () => {
    const TableName = await dynamoDb.newTable();
    const digest = await keepOne(createDynamoDbAddressBook(dynamoDb.client, TableName), entry);
    const { Item = {} } = await dynamoDb.client.send(
      new GetItemCommand({ TableName, Key: { pk: { S: 'address#presence-1' }, sk: { S: 'address' } } }),
    );
    expect(Item['address']?.S).toBe('192.0.2.7');
    expect(addressDigestOf(Buffer.from(Item['salt']?.S ?? '', 'hex'), Item['address']?.S ?? '')).toBe(digest);
    expect(Number(Item['expiresAtSeconds']?.N)).toBe(NOON / 1000 + 90 * 86_400);
  });

  test('tells the address of an event with its salt and its end, and of others nothing', async () => {
    const book = createDynamoDbAddressBook(dynamoDb.client, await dynamoDb.newTable(), () => Buffer.from('5a17', 'hex'));
    await book.keep([entry]);
    expect(await book.read('presence-1')).toEqual({
      address: '192.0.2.7',
      salt: Buffer.from('5a17', 'hex'),
      until: NOON + ADDRESS_KEPT_MS,
    });
    expect(await book.read('presence-2')).toBeUndefined();
  });
});
