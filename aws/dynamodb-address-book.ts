import { ConditionalCheckFailedException, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { ADDRESS_KEPT_MS, type AddressBook, addressDigestOf } from '../domain/audit/sources/address-digest.ts';
import { type Item, fromItem, toItem } from './attribute-values.ts';

const kept = z.object({ digest: z.string() });
const whole = z.object({ address: z.string(), salt: z.string(), expiresAtSeconds: z.number() });

const keyOf = (eventId: string) => ({ pk: `address#${eventId}`, sk: 'address' });

/**
 * Addresses as items of their own, `address#<event id>`, with the salt that their digest was made with. They end by themselves after
 * ninety days: what is left in the events says nothing then.
 */
export const createDynamoDbAddressBook = (
  client: DynamoDBClient,
  tableName: string,
  saltOf: () => Uint8Array = () => randomBytes(32),
): AddressBook => ({
  async keep({ eventId, at, address }) {
    const salt = saltOf();
    const digest = addressDigestOf(salt, address);
    const item = toItem({
      ...{ ...keyOf(eventId), digest, address, salt: Buffer.from(salt).toString('hex') },
      expiresAtSeconds: Math.floor((at + ADDRESS_KEPT_MS) / 1000),
    });
    const known = await putUnlessThere(client, tableName, item);
    return known === undefined ? digest : z.parse(kept, fromItem(known)).digest;
  },
  async read(eventId) {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: toItem(keyOf(eventId)), ConsistentRead: true }));
    if (Item === undefined) return undefined;
    const { address, salt, expiresAtSeconds } = z.parse(whole, fromItem(Item));
    return { address, salt: Buffer.from(salt, 'hex'), until: expiresAtSeconds * 1000 };
  },
});

/** The item that is there already, or `undefined` when this one is now. */
const putUnlessThere = async (client: DynamoDBClient, tableName: string, item: Item): Promise<Item | undefined> => {
  try {
    await client.send(
      new PutItemCommand({
        ...{ TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException && error.Item !== undefined) return error.Item;
    throw error;
  }
};
