import { BatchWriteItemCommand, type DynamoDBClient, QueryCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { ClaimConnection, ClaimConnections } from '../../domain/claim/claim-ports.ts';
import { type CertificateId, certificateId } from '../../domain/identifiers.ts';
import { type Item, fromItem, toItem } from './attribute-values.ts';
import { BatchWriteError } from './batch-write-error.ts';

const DAY_S = 86_400;
const KEPT_S = 90 * DAY_S;
/** DynamoDB takes 25 writes in one BatchWriteItem. */
const MAX_WRITES = 25;
const MAX_ATTEMPTS = 6;
/** A presence event and a hook's call of the same connection are this close in time. */
const NEAR_MS = 600_000;

/** Connections of claims, as items beside the claim that they came under. They end by themselves after ninety days. */
export const createDynamoDbClaimConnections = (client: DynamoDBClient, tableName: string): ClaimConnections => ({
  async record(connections) {
    // An item may stand in a batch once (API reference of BatchWriteItem).
    const items = [...new Map(connections.map((connection) => [keyText(connection), itemOf(connection)])).values()];
    for (let start = 0; start < items.length; start += MAX_WRITES) {
      await write(client, tableName, items.slice(start, start + MAX_WRITES));
    }
  },
  async *since(certificate, ms) {
    yield* query(client, tableName, { certificate, from: ms, to: Number.MAX_SAFE_INTEGER });
  },
  async addressOf(certificate, clientId, at) {
    for await (const connection of query(client, tableName, { certificate, from: at - NEAR_MS, to: at + NEAR_MS })) {
      if (connection.clientId === clientId) return connection.address;
    }
    return undefined;
  },
});

const pkOf = (certificate: CertificateId): string => `claim#${certificate}`;
const MS_DIGITS = 16;
const skOf = (ms: number, clientId: string): string => `connection#${String(Math.max(0, ms)).padStart(MS_DIGITS, '0')}#${clientId}`;
const keyText = ({ certificateId: certificate, at, clientId }: ClaimConnection): string => `${pkOf(certificate)} ${skOf(at, clientId)}`;

const itemOf = (connection: ClaimConnection): Item =>
  toItem({
    ...connection,
    pk: pkOf(connection.certificateId),
    sk: skOf(connection.at, connection.clientId),
    expiresAtSeconds: Math.floor(connection.at / 1000) + KEPT_S,
  });

const connection = z.object({ certificateId, clientId: z.string(), at: z.number(), address: z.exactOptional(z.string()) });

interface Span {
  readonly certificate: CertificateId;
  readonly from: number;
  readonly to: number;
}

async function* query(client: DynamoDBClient, tableName: string, { certificate, from, to }: Span): AsyncGenerator<ClaimConnection> {
  let start: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': { S: pkOf(certificate) },
          ':from': { S: skOf(from, '') },
          // Behind every client id of that moment.
          ':to': { S: skOf(to, '\uffff') },
        },
        ScanIndexForward: false,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    for (const item of Items) yield z.parse(connection, fromItem(item));
    start = LastEvaluatedKey;
  } while (start !== undefined);
}

const write = async (client: DynamoDBClient, tableName: string, items: readonly Item[]): Promise<void> => {
  let wanted: WriteRequest[] = items.map((Item) => ({ PutRequest: { Item } }));
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: wanted } }));
    wanted = UnprocessedItems?.[tableName] ?? [];
    if (wanted.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * 2 ** attempt));
  }
  throw new BatchWriteError(tableName, wanted.length);
};
