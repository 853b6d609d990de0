import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException, type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { type Item, fromItem } from './attribute-values.ts';
import type { KeptKeySets } from '../key-sets/kept-key-sets.ts';
import { parsePublicKeySet } from '../key-sets/public-key-set.ts';
import { StoredItemError } from './stored-item-error.ts';

const stored = z.object({ fetchedAt: z.number(), keySet: z.string() });

// An issuer's name may be longer than a key, so its digest stands for it.
const keyOf = (issuer: string): Item => ({
  pk: { S: `key-set#${createHash('sha256').update(issuer, 'utf8').digest('hex')}` },
  sk: { S: 'key-set' },
});

export interface KeptKeySetsProps {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** How long an item is of use to anybody, in seconds; then it ends by itself. */
  readonly keepSeconds: number;
}

/** Key sets in the table, an item per issuer: one read, and one conditional write that lets the newest win. */
export const createDynamoDbKeptKeySets = ({ client, tableName, keepSeconds }: KeptKeySetsProps): KeptKeySets => ({
  async read(issuer, signal) {
    const input = new GetItemCommand({ TableName: tableName, Key: keyOf(issuer) });
    const { Item } = await client.send(input, { abortSignal: signal });
    if (Item === undefined) return undefined;
    const parsed = z.safeParse(stored, fromItem(Item));
    if (!parsed.success) throw new StoredItemError('key-set', Item, parsed.error);
    return { fetchedAt: parsed.data.fetchedAt, keySet: parsePublicKeySet(JSON.parse(parsed.data.keySet)) };
  },
  async write(issuer, { fetchedAt, keySet }, signal) {
    const input = new UpdateItemCommand({
      TableName: tableName,
      Key: keyOf(issuer),
      UpdateExpression: 'SET fetchedAt = :fetchedAt, keySet = :keySet, expiresAtSeconds = :ends',
      ConditionExpression: 'attribute_not_exists(pk) OR fetchedAt < :fetchedAt',
      ExpressionAttributeValues: {
        ':fetchedAt': { N: String(fetchedAt) },
        ':keySet': { S: JSON.stringify(keySet) },
        ':ends': { N: String(Math.floor(fetchedAt / 1000) + keepSeconds) },
      },
    });
    try {
      await client.send(input, { abortSignal: signal });
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },
});
