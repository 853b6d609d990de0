import { ConditionalCheckFailedException, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { TakeOverStore } from '../domain/connection/take-over-ports.ts';
import type { TakeOvers } from '../domain/connection/take-overs.ts';
import { type ThingName, thingName } from '../domain/identifiers.ts';
import { type Item, fromItem, toItem } from './attribute-values.ts';
import { StoredItemError } from './stored-item-error.ts';

const KEPT_S = 90 * 86_400;

const takeOvers = z.object({
  thingName,
  principal: z.string(),
  held: z.array(z.object({ since: z.number(), address: z.string() })),
  suspectedOn: z.exactOptional(z.int()),
  version: z.int(),
});

const keyOf = (thing: ThingName): Item => ({ pk: { S: `take-overs#${thing}` }, sk: { S: 'take-overs' } });

/** Take-overs of connections, an item for each device that ever had one. They end by themselves ninety days after the last. */
export const createDynamoDbTakeOverStore = (client: DynamoDBClient, tableName: string): TakeOverStore => ({
  async read(thing) {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: keyOf(thing), ConsistentRead: true }));
    if (Item === undefined) return undefined;
    const parsed = z.safeParse(takeOvers, fromItem(Item));
    if (!parsed.success) throw new StoredItemError('take-overs', Item, parsed.error);
    return parsed.data;
  },
  async write(next) {
    try {
      await client.send(new PutItemCommand({ TableName: tableName, Item: itemOf(next), ...ifBefore(next) }));
      return 'written';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'conflict';
      throw error;
    }
  },
});

const itemOf = (value: TakeOvers): Item => ({
  ...toItem({ ...value, expiresAtSeconds: Math.floor((value.held.at(-1)?.since ?? 0) / 1000) + KEPT_S }),
  ...keyOf(value.thingName),
});

const ifBefore = ({ version }: TakeOvers) =>
  version === 1
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :read',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':read': { N: String(version - 1) } },
      };
