import { ConditionalCheckFailedException, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { WatchStore, Watched } from '../../domain/connection/watch-store.ts';
import type { ThingName } from '../../domain/identifiers.ts';
import { type Item, fromItem, toItem } from './attribute-values.ts';
import { StoredItemError } from './stored-item-error.ts';

export interface WatchItems<Remembered extends Watched> {
  /** The kind of item: the first part of its key, and all of its sort key. */
  readonly kind: string;
  readonly schema: z.ZodMiniType<Remembered>;
  /** When what is remembered was seen last: milliseconds since the epoch. */
  readonly seenLast: (remembered: Remembered) => number;
}

const KEPT_S = 90 * 86_400;

/** What a watch remembers, an item for each device that ever gave cause. They end by themselves ninety days after the last time. */
export const createDynamoDbWatchStore = <Remembered extends Watched>(
  client: DynamoDBClient,
  tableName: string,
  { kind, schema, seenLast }: WatchItems<Remembered>,
): WatchStore<Remembered> => {
  const keyOf = (thing: ThingName): Item => ({ pk: { S: `${kind}#${thing}` }, sk: { S: kind } });
  return {
    async read(thing) {
      const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: keyOf(thing), ConsistentRead: true }));
      if (Item === undefined) return undefined;
      const parsed = z.safeParse(schema, fromItem(Item));
      if (!parsed.success) throw new StoredItemError(kind, Item, parsed.error);
      return parsed.data;
    },
    async write(next) {
      const expiresAtSeconds = Math.floor(seenLast(next) / 1000) + KEPT_S;
      const Item = { ...toItem({ ...next, expiresAtSeconds }), ...keyOf(next.thingName) };
      try {
        await client.send(new PutItemCommand({ TableName: tableName, Item, ...ifBefore(next) }));
        return 'written';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'conflict';
        throw error;
      }
    },
  };
};

const ifBefore = ({ version }: Watched) =>
  version === 1
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :read',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':read': { N: String(version - 1) } },
      };
