import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { type ManufacturerKey, manufacturerKey } from '../../domain/manufacturer.ts';
import type { ManufacturerStore } from '../../domain/manufacturer-store.ts';
import { type Item, fromItem, toItem } from './attribute-values.ts';
import { StoredItemError } from './stored-item-error.ts';

const PARTITION = 'manufacturers';

const keyOf = ({ name, kid }: Pick<ManufacturerKey, 'name' | 'kid'>): Item => ({
  pk: { S: PARTITION },
  sk: { S: `manufacturer#${name}#${kid}` },
});

const parse = (item: Item): ManufacturerKey => {
  const parsed = z.safeParse(manufacturerKey, fromItem(item));
  if (!parsed.success) throw new StoredItemError('manufacturer', item, parsed.error);
  return parsed.data;
};

/** Manufacturers' keys, all under one partition key: there are few, and they are read together. */
export const createDynamoDbManufacturerStore = (client: DynamoDBClient, tableName: string): ManufacturerStore => ({
  async add(key) {
    try {
      const Item = { ...toItem(key), ...keyOf(key) };
      await client.send(new PutItemCommand({ TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
      return 'written';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'conflict';
      throw error;
    }
  },
  async list() {
    const found: ManufacturerKey[] = [];
    let start: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const page: QueryCommandOutput = await client.send(new QueryCommand({ ...allKeys(tableName), ExclusiveStartKey: start }));
      found.push(...(page.Items ?? []).map(parse));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return found;
  },
  async remove(name, kid) {
    const { Attributes } = await client.send(
      new DeleteItemCommand({ TableName: tableName, Key: keyOf({ name, kid }), ReturnValues: 'ALL_OLD' }),
    );
    return Attributes && parse(Attributes);
  },
});

const allKeys = (tableName: string) => ({
  TableName: tableName,
  KeyConditionExpression: 'pk = :manufacturers',
  ExpressionAttributeValues: { ':manufacturers': { S: PARTITION } },
  ConsistentRead: true,
});
