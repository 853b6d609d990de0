import { createHash } from 'node:crypto';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbKeptKeySets } from '../../../aws/dynamodb/kept-key-sets.ts';
import type { PublicKeySet } from '../../../aws/key-sets/public-key-set.ts';
import { StoredItemError } from '../../../aws/dynamodb/stored-item-error.ts';
import { NOON } from '../../builders/enrollment.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';

const ISSUER = 'https://issuer.example';
const KEY = { pk: { S: `key-set#${createHash('sha256').update(ISSUER).digest('hex')}` }, sk: { S: 'key-set' } };
const patient = new AbortController().signal;
const aSet = (kid: string): PublicKeySet => ({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid }] });

describe('Key sets that are kept in the table', () => {
  let dynamoDb: LocalDynamoDb;
  beforeAll(async () => {
    dynamoDb = await startDynamoDb();
  });
  afterAll(() => dynamoDb.stop());

  const open = async () => {
    const table = { client: dynamoDb.client, tableName: await dynamoDb.newTable() };
    return { ...table, kept: createDynamoDbKeptKeySets({ ...table, keepSeconds: 86_400 }) };
  };

  test('come back as they were, one per issuer', async () => {
    const { kept } = await open();
    expect(await kept.read(ISSUER, patient)).toBeUndefined();
    await kept.write(ISSUER, { keySet: aSet('one'), fetchedAt: NOON }, patient);
    expect(await kept.read(ISSUER, patient)).toEqual({ keySet: aSet('one'), fetchedAt: NOON });
    expect(await kept.read(`${ISSUER}/`, patient)).toBeUndefined();
  });

  test('are replaced by newer ones alone', async () => {
    const { kept } = await open();
    await kept.write(ISSUER, { keySet: aSet('new'), fetchedAt: NOON }, patient);
    await kept.write(ISSUER, { keySet: aSet('old'), fetchedAt: NOON - 1 }, patient);
    expect(await kept.read(ISSUER, patient)).toMatchObject({ fetchedAt: NOON });
  });

  test('end by themselves when nobody may go by them any more', async () => {
    const { kept, client, tableName } = await open();
    await kept.write(ISSUER, { keySet: aSet('one'), fetchedAt: NOON }, patient);
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: KEY }));
    expect(Item?.['expiresAtSeconds']).toEqual({ N: String(NOON / 1000 + 86_400) });
  });

  test('are none where somebody wrote something else', async () => {
    const { kept, client, tableName } = await open();
    await client.send(new PutItemCommand({ TableName: tableName, Item: { ...KEY, keySet: { S: '{}' } } }));
    await expect(kept.read(ISSUER, patient)).rejects.toThrow(StoredItemError);
  });
});
