import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { ADDRESS_KEPT_MS, type AddressBook, type AddressEntry, addressDigestOf } from '../../domain/audit/sources/address-digest.ts';
import { type Item, fromItem, toItem } from './attribute-values.ts';

const kept = z.object({ digest: z.string() });
const whole = z.object({ address: z.string(), salt: z.string(), expiresAtSeconds: z.number() });
/** API reference of TransactWriteItems. */
const MAX_WRITES = 100;

const keyOf = (eventId: string) => ({ pk: `address#${eventId}`, sk: 'address' });

interface Entered {
  readonly eventId: string;
  readonly digest: string;
  readonly put: { readonly TableName: string; readonly Item: Item; readonly ConditionExpression: string };
}

/**
 * Addresses as items of their own, `address#<event id>`, with the salt that their digest was made with. They end by themselves after
 * ninety days: what is left in the events says nothing then.
 */
export const createDynamoDbAddressBook = (
  client: DynamoDBClient,
  tableName: string,
  saltOf: () => Uint8Array = () => randomBytes(32),
): AddressBook => ({
  async keep(entries) {
    // An item may stand in a transaction once (the same page).
    const distinct = [...new Map(entries.map((entry) => [entry.eventId, entry])).values()];
    const entered = distinct.map((entry) => enter(tableName, saltOf(), entry));
    const digests: (readonly [string, string])[] = [];
    for (let start = 0; start < entered.length; start += MAX_WRITES)
      digests.push(...(await writeAll(client, entered.slice(start, start + MAX_WRITES))));
    return new Map(digests);
  },
  async read(eventId) {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: toItem(keyOf(eventId)), ConsistentRead: true }));
    if (Item === undefined) return undefined;
    const { address, salt, expiresAtSeconds } = z.parse(whole, fromItem(Item));
    return { address, salt: Buffer.from(salt, 'hex'), until: expiresAtSeconds * 1000 };
  },
});

const enter = (TableName: string, salt: Uint8Array, { eventId, at, address }: AddressEntry): Entered => {
  const digest = addressDigestOf(salt, address);
  const Item = toItem({
    ...{ ...keyOf(eventId), digest, address, salt: Buffer.from(salt).toString('hex') },
    expiresAtSeconds: Math.floor((at + ADDRESS_KEPT_MS) / 1000),
  });
  return { eventId, digest, put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
};

/** All in one request, or one by one where some of them are there already: AWS seldom tells an event twice. */
const writeAll = async (client: DynamoDBClient, entered: readonly Entered[]): Promise<readonly (readonly [string, string])[]> => {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems: entered.map(({ put }) => ({ Put: put })) }));
    return entered.map(({ eventId, digest }) => [eventId, digest] as const);
  } catch (error) {
    if (!isOfOneThatIsThere(error)) throw error;
    return Promise.all(entered.map(async (one) => [one.eventId, await digestThatStays(client, one)] as const));
  }
};

const isOfOneThatIsThere = (error: unknown): boolean =>
  error instanceof TransactionCanceledException && (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed');

/** Its digest, or that of the item that is there already. */
const digestThatStays = async (client: DynamoDBClient, { put, digest }: Entered): Promise<string> => {
  try {
    await client.send(new PutItemCommand({ ...put, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
    return digest;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException && error.Item !== undefined) return z.parse(kept, fromItem(error.Item)).digest;
    throw error;
  }
};
