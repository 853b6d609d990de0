import { DeleteItemCommand, type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { certificateId, thingName } from '../../domain/identifiers.ts';
import type { IssuedByAuthority, IssuedCertificates } from '../../domain/issuance/issuance-ports.ts';
import { fromItem, type Item, toItem } from './attribute-values.ts';
import { StoredItemError } from './stored-item-error.ts';

const PARTITION = 'issued';
const PAGE = 25;
const TIME_DIGITS = 15;

const issuedByAuthority = z.object({ certificateId, certificatePem: z.string(), thingName, issuedAt: z.number() });

// In the order of the times.
const placeOf = (at: number, id = ''): string => `${String(at).padStart(TIME_DIGITS, '0')}#${id}`;

const keyOf = ({ issuedAt, certificateId: id }: Pick<IssuedByAuthority, 'issuedAt' | 'certificateId'>): Item => ({
  pk: { S: PARTITION },
  sk: { S: placeOf(issuedAt, id) },
});

/** What the own authority issued, in the table of enrollments: one item each, until it was found in use or taken back. */
export const createDynamoDbIssuedCertificates = (client: DynamoDBClient, TableName: string): IssuedCertificates => ({
  async note(issued, abortSignal) {
    const command = new PutItemCommand({ TableName, Item: { ...toItem(issued), ...keyOf(issued) } });
    await client.send(command, abortSignal === undefined ? {} : { abortSignal });
  },
  async list(before, after) {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :partition AND sk BETWEEN :after AND :before',
        ExpressionAttributeValues: {
          ':partition': { S: PARTITION },
          // After the one itself: no place has anything behind its certificate's id.
          ':after': { S: after === undefined ? placeOf(0) : `${after}#` },
          ':before': { S: placeOf(before) },
        },
        Limit: PAGE,
      }),
    );
    const rows = Items.map(rowOf);
    const last = rows.at(-1);
    return LastEvaluatedKey === undefined || last === undefined ? { rows } : { rows, next: placeOf(last.issuedAt, last.certificateId) };
  },
  async strikeOff(issued) {
    await client.send(new DeleteItemCommand({ TableName, Key: keyOf(issued) }));
  },
});

const rowOf = (item: Item): IssuedByAuthority => {
  const parsed = z.safeParse(issuedByAuthority, fromItem(item));
  if (!parsed.success) throw new StoredItemError('issued certificate', item, parsed.error);
  return parsed.data;
};
