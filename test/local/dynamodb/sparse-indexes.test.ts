import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamodbFixture } from './dynamodb-fixture.ts';
import { startDynamodb } from './dynamodb-fixture.ts';

let db: DynamodbFixture;
let TableName = '';
let made = 0;

beforeAll(async () => {
  db = await startDynamodb();
});
afterAll(() => db.stop());

/** Items that wait for somebody have `waits`, and only they are in the index. */
beforeEach(async () => {
  made += 1;
  TableName = `sparse-${String(made)}`;
  await db.client.send(
    new CreateTableCommand({
      ...{ TableName, BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
      AttributeDefinitions: ['pk', 'waits'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'waiting',
          KeySchema: [
            { AttributeName: 'waits', KeyType: 'HASH' },
            { AttributeName: 'pk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, 20));
});

const item = (pk: string, waits?: string): Record<string, AttributeValue> => ({
  pk: { S: pk },
  ...(waits === undefined ? {} : { waits: { S: waits } }),
});

const put = (pk: string, waits?: string) => db.client.send(new PutItemCommand({ TableName, Item: item(pk, waits) }));

const query = (waits: string, more: Partial<ConstructorParameters<typeof QueryCommand>[0]> = {}) =>
  db.client.send(
    new QueryCommand({
      ...{ TableName, IndexName: 'waiting', KeyConditionExpression: 'waits = :w', ExpressionAttributeValues: { ':w': { S: waits } } },
      ...more,
    }),
  );

const waiting = async (waits: string): Promise<readonly (string | undefined)[]> =>
  ((await query(waits)).Items ?? []).map(({ pk }) => pk?.S);

test('an item is in the index as long as it has the index’s key', async () => {
  await put('a', 'pending');
  await put('b');
  expect(await waiting('pending')).toEqual(['a']);
  const change = (UpdateExpression: string, more: object = {}) =>
    db.client.send(new UpdateItemCommand({ TableName, Key: { pk: { S: 'a' } }, UpdateExpression, ...more }));
  await change('SET waits = :w', { ExpressionAttributeValues: { ':w': { S: 'contested' } } });
  expect([await waiting('pending'), await waiting('contested')]).toEqual([[], ['a']]);
  await change('REMOVE waits');
  expect(await waiting('contested')).toEqual([]);
  await put('b', 'pending');
  await db.client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: 'b' } } }));
  expect(await waiting('pending')).toEqual([]);
});

test('transactions and batches keep the index', async () => {
  await db.client.send(
    new TransactWriteItemsCommand({
      TransactItems: [{ Put: { TableName, Item: item('a', 'pending') } }, { Put: { TableName, Item: item('b') } }],
    }),
  );
  const RequestItems = { [TableName]: [{ PutRequest: { Item: item('c', 'pending') } }, { DeleteRequest: { Key: { pk: { S: 'a' } } } }] };
  await db.client.send(new BatchWriteItemCommand({ RequestItems }));
  expect(await waiting('pending')).toEqual(['c']);
});

test('an index key that is no text, or empty, is refused, however it is written', async () => {
  const refused = { name: 'ValidationException' };
  const wrong = new PutItemCommand({ TableName, Item: { pk: { S: 'a' }, waits: { N: '1' } } });
  await expect(db.client.send(wrong)).rejects.toMatchObject(refused);
  const empty = { pk: { S: 'a' }, waits: { S: '' } };
  await expect(db.client.send(new PutItemCommand({ TableName, Item: empty }))).rejects.toThrow('IndexName: waiting, IndexKey: waits');
  const batch = new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: empty } }] } });
  await expect(db.client.send(batch)).rejects.toMatchObject(refused);
  const values = { ExpressionAttributeValues: { ':w': { S: '' } } };
  const update = new UpdateItemCommand({ TableName, Key: { pk: { S: 'a' } }, UpdateExpression: 'SET waits = :w', ...values });
  await expect(db.client.send(update)).rejects.toMatchObject(refused);
  const transaction = new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: empty } }] });
  await expect(db.client.send(transaction)).rejects.toMatchObject({ CancellationReasons: [{ Code: 'ValidationError' }] });
  await db.client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'a' }, note: { S: '' } } }));
});

test('pages of an index go on from their cursor, which has the keys of table and index', async () => {
  for (let index = 0; index < 7; index++) await put(`k${String(index)}`, index % 7 === 3 ? undefined : 'pending');
  const seen: (string | undefined)[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  let pages = 0;
  do {
    const page = await query('pending', { Limit: 2, ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }) });
    seen.push(...(page.Items ?? []).map(({ pk }) => pk?.S));
    ExclusiveStartKey = page.LastEvaluatedKey;
    if (ExclusiveStartKey !== undefined) expect(Object.keys(ExclusiveStartKey).sort()).toEqual(['pk', 'waits']);
    pages += 1;
  } while (ExclusiveStartKey !== undefined);
  expect(seen).toEqual(['k0', 'k1', 'k2', 'k4', 'k5', 'k6']);
  expect(pages).toBe(4);
  const backwards = await query('pending', { ScanIndexForward: false, Limit: 1 });
  expect(backwards.Items).toMatchObject([{ pk: { S: 'k6' } }]);
});

test('a scan of the index, page by page, meets what is in it, and nothing twice', async () => {
  for (let index = 0; index < 12; index++) await put(`k${String(index)}`, index % 2 === 0 ? `w${String(index % 3)}` : undefined);
  const seen: (string | undefined)[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const scan = new ScanCommand({
      TableName,
      IndexName: 'waiting',
      Limit: 2,
      ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
    });
    const page = await db.client.send(scan);
    seen.push(...(page.Items ?? []).map(({ pk }) => pk?.S));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  expect(seen.sort()).toEqual(['k0', 'k10', 'k2', 'k4', 'k6', 'k8']);
});

test('what expires leaves the index, too', async () => {
  const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
  await db.client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  const expires = { N: String(Math.floor(db.clock.now() / 1000) + 60) };
  await db.client.send(new PutItemCommand({ TableName, Item: { ...item('a', 'pending'), expires } }));
  await put('b', 'pending');
  db.clock.advance(3 * 86_400_000);
  for (let tries = 0; tries < 100 && (await waiting('pending')).length > 1; tries++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await waiting('pending')).toEqual(['b']);
});

test('a cancelled transaction tells the items that stood in its way, where it was asked to', async () => {
  await put('a', 'pending');
  await put('b', 'pending');
  const told = { ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
  const transaction = new TransactWriteItemsCommand({
    TransactItems: [
      { Put: { TableName, Item: item('new'), ...told } },
      { Put: { TableName, Item: item('a'), ...told } },
      {
        Update: {
          TableName,
          Key: { pk: { S: 'b' } },
          UpdateExpression: 'SET n = :n',
          ExpressionAttributeValues: { ':n': { N: '1' } },
          ...told,
        },
      },
    ],
  });
  await expect(db.client.send(transaction)).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Item: item('a', 'pending') },
      { Code: 'ConditionalCheckFailed', Item: item('b', 'pending') },
    ],
  });
  expect(await waiting('pending')).toEqual(['a', 'b']);
});
