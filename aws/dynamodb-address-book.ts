import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { type AddressBook, addressDigestOf } from '../domain/audit/sources/address-digest.ts';
import { type Item, fromItem, toItem } from './attribute-values.ts';

const KEPT_S = 90 * 86_400;

const kept = z.object({ digest: z.string() });

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
      ...{ pk: `address#${eventId}`, sk: 'address', digest, address, salt: Buffer.from(salt).toString('hex') },
      expiresAtSeconds: Math.floor(at / 1000) + KEPT_S,
    });
    const known = await putUnlessThere(client, tableName, item);
    return known === undefined ? digest : z.parse(kept, fromItem(known)).digest;
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
