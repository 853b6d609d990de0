import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { ClaimEntry, ClaimRotation, ClaimStore } from '../../domain/claim/claim-ports.ts';
import type { Claim } from '../../domain/claim.ts';
import type { ClaimName, KeyDigest } from '../../domain/identifiers.ts';
import type { WriteOutcome } from '../../domain/ports.ts';
import { toItem } from './attribute-values.ts';
import { readItems } from './batch-read.ts';
import { CLAIMS, ENTRY, claimEntryItem, claimEntryKey, parseClaimEntryItem } from './claim-entry-item.ts';
import { claimItem, claimKey, parseClaimItem } from './claim-item.ts';

/** Claims and their names in the table that the hook reads. */
export const createDynamoDbClaimStore = (client: DynamoDBClient, tableName: string): ClaimStore => {
  const transact = async (items: TransactWriteItem[]): Promise<WriteOutcome> => {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
      return 'written';
    } catch (error) {
      if (isConditionFailed(error)) return 'conflict';
      throw error;
    }
  };
  return {
    create: (claim, key) => transact(creation(tableName, claim, key)),
    rotate: (rotation) => transact(rotationOf(tableName, rotation)),
    async entryOf(name) {
      const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: claimEntryKey(name), ConsistentRead: true }));
      return Item && parseClaimEntryItem(Item);
    },
    async list({ after, limit, onlyOpen }) {
      const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(pageOf(tableName, { after, limit, onlyOpen })));
      const next = LastEvaluatedKey?.['sk']?.S?.slice(ENTRY.length);
      return { entries: Items.map(parseClaimEntryItem), ...(next === undefined ? {} : { next: next as ClaimName }) };
    },
    async readClaims(certificates) {
      const items = await readItems({ client, tableName, pause }, [...new Set(certificates)].map(claimKey));
      const claims = new Map(items.map(parseClaimItem).map((claim) => [claim.certificateId, claim]));
      return certificates.flatMap((certificate) => claims.get(certificate) ?? []);
    },
    close: (claim, event) => close(client, tableName, { claim, event }),
    async markClosed(name) {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: claimEntryKey(name),
          UpdateExpression: 'SET isClosed = :true',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':true': { BOOL: true } },
        }),
      );
    },
  };
};

const pause = (attempt: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * 2 ** attempt));

// Also where another transaction holds an item: whoever lost reads again.
const isConditionFailed = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict');

const IF_NEW = 'attribute_not_exists(pk)';

const creation = (tableName: string, claim: Claim, key: KeyDigest): TransactWriteItem[] => {
  const entry: ClaimEntry = { name: claim.name, line: claim.line, certificates: [claim.certificateId], key, isClosed: false };
  return [
    { Put: { TableName: tableName, Item: claimEntryItem(entry), ConditionExpression: IF_NEW } },
    { Put: { TableName: tableName, Item: claimItem(claim), ConditionExpression: IF_NEW } },
  ];
};

const rotationOf = (tableName: string, { entry, next, key, overlapUntil }: ClaimRotation): TransactWriteItem[] => {
  const before = entry.certificates.at(-1) ?? next.certificateId;
  return [
    {
      Update: {
        TableName: tableName,
        Key: claimEntryKey(entry.name),
        UpdateExpression: 'SET certificates = list_append(certificates, :added), #key = :key',
        // Every rotation brings another key, and another certificate.
        ConditionExpression: '#key = :read AND size(certificates) = :count AND isClosed = :false',
        ExpressionAttributeNames: { '#key': 'key' },
        ExpressionAttributeValues: {
          ':added': { L: [{ S: next.certificateId }] },
          ':key': { S: key },
          ':read': { S: entry.key },
          ':count': { N: String(entry.certificates.length) },
          ':false': { BOOL: false },
        },
      },
    },
    { Put: { TableName: tableName, Item: claimItem(next), ConditionExpression: IF_NEW } },
    {
      Update: {
        TableName: tableName,
        Key: claimKey(before),
        UpdateExpression: 'SET expiresAt = :until',
        ConditionExpression: '#state = :open AND expiresAt >= :until',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':open': { S: 'open' }, ':until': { N: String(overlapUntil) } },
      },
    },
  ];
};

const pageOf = (
  tableName: string,
  page: { readonly after: ClaimName | undefined; readonly limit: number; readonly onlyOpen: boolean },
) => ({
  TableName: tableName,
  KeyConditionExpression: 'pk = :claims AND begins_with(sk, :entry)',
  ExpressionAttributeValues: {
    ':claims': { S: CLAIMS },
    ':entry': { S: ENTRY },
    ...(page.onlyOpen ? { ':false': { BOOL: false } } : {}),
  },
  Limit: page.limit,
  ...(page.onlyOpen ? { FilterExpression: 'isClosed = :false' } : {}),
  ...(page.after === undefined ? {} : { ExclusiveStartKey: claimEntryKey(page.after) }),
});

const close = async (
  client: DynamoDBClient,
  tableName: string,
  { claim, event }: { readonly claim: Claim; readonly event: NonNullable<Claim['lastEvent']> },
): Promise<Claim> => {
  try {
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: claimKey(claim.certificateId),
        // Only these two: an admission that counts at the same moment must not be undone.
        UpdateExpression: 'SET #state = :closed, lastEvent = :event',
        ConditionExpression: '#state = :open',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':closed': { S: 'closed' }, ':open': { S: 'open' }, ':event': { M: toItem(event) } },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return Attributes ? parseClaimItem(Attributes) : claim;
  } catch (error) {
    // It was closed before: the event of that closing is the one that counts.
    if (error instanceof ConditionalCheckFailedException && error.Item !== undefined) return parseClaimItem(error.Item);
    throw error;
  }
};
