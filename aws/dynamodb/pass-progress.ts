import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { PassProgressStore } from '../../domain/reconciliation/reconciliation-ports.ts';
import { fromItem, type Item, toItem } from './attribute-values.ts';
import { StoredItemError } from './stored-item-error.ts';

const key: Item = { pk: { S: 'reconciliation' }, sk: { S: 'full-pass' } };

const progress = z.object({ cursor: z.exactOptional(z.string()), notBefore: z.number() });

/** How far the full pass of reconciliation is: one item. Two runs at once do some of it twice, which is harmless. */
export const createDynamoDbPassProgress = (client: DynamoDBClient, tableName: string): PassProgressStore => ({
  async read() {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
    if (Item === undefined) return undefined;
    const parsed = z.safeParse(progress, fromItem(Item));
    if (!parsed.success) throw new StoredItemError('reconciliation', Item, parsed.error);
    return parsed.data;
  },
  async write(value) {
    await client.send(new PutItemCommand({ TableName: tableName, Item: { ...toItem(value), ...key } }));
  },
});
