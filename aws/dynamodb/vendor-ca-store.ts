import { type DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { type VendorCa, type VendorCaStore, vendorCa } from '../../domain/vendor-ca.ts';
import { type Item, fromItem, toItem } from './attribute-values.ts';
import { StoredItemError } from './stored-item-error.ts';

const PARTITION = 'vendor-cas';

const keyOf = (id: VendorCa['id']): Item => ({ pk: { S: PARTITION }, sk: { S: `vendor-ca#${id}` } });

const parse = (item: Item): VendorCa => {
  const parsed = z.safeParse(vendorCa, fromItem(item));
  if (!parsed.success) throw new StoredItemError('vendor CA', item, parsed.error);
  return parsed.data;
};

/** Vendor CAs, all under one partition key: there are few, and people list them without a scan. */
export const createDynamoDbVendorCaStore = (client: DynamoDBClient, tableName: string): VendorCaStore => ({
  async read(id) {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: keyOf(id), ConsistentRead: true }));
    return Item && parse(Item);
  },
  async put(ca) {
    await client.send(new PutItemCommand({ TableName: tableName, Item: { ...toItem(ca), ...keyOf(ca.id) } }));
  },
  async list() {
    const found: VendorCa[] = [];
    let start: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const page: QueryCommandOutput = await client.send(new QueryCommand({ ...allOf(tableName), ExclusiveStartKey: start }));
      found.push(...(page.Items ?? []).map(parse));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return found;
  },
});

const allOf = (tableName: string) => ({
  TableName: tableName,
  KeyConditionExpression: 'pk = :partition',
  ExpressionAttributeValues: { ':partition': { S: PARTITION } },
  ConsistentRead: true,
});
