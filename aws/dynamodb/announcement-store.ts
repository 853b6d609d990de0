import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { AnnouncementStore } from '../../domain/admission/announcement.ts';
import { certificateId, type CertificateId, thingName, vendorCaId } from '../../domain/identifiers.ts';
import { reasonCodes } from '../../domain/reason-code.ts';
import { type Item, fromItem, toItem } from './attribute-values.ts';
import { StoredItemError } from './stored-item-error.ts';

const KEPT_S = 90 * 86_400;

const announcement = z.object({
  certificateId,
  vendorCaId,
  reason: z.enum(reasonCodes),
  basis: z.string(),
  thingName: z.exactOptional(thingName),
  count: z.number(),
  firstAt: z.number(),
  lastAt: z.number(),
});

const keyOf = (certificate: CertificateId): Item => ({ pk: { S: `announcement#${certificate}` }, sk: { S: 'announcement' } });

/** Certificates that announced themselves and were refused, an item each. They end by themselves ninety days after the last time. */
export const createDynamoDbAnnouncementStore = (client: DynamoDBClient, tableName: string): AnnouncementStore => ({
  async read(certificate) {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: keyOf(certificate), ConsistentRead: true }));
    if (Item === undefined) return undefined;
    const parsed = z.safeParse(announcement, fromItem(Item));
    if (!parsed.success) throw new StoredItemError('announcement', Item, parsed.error);
    return parsed.data;
  },
  async count(certificate, at, refusal) {
    const sets = toItem({
      ...refusal,
      certificateId: certificate,
      lastAt: at,
      expiresAtSeconds: Math.floor(at / 1000) + KEPT_S,
    });
    const names = Object.keys(sets);
    await client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: keyOf(certificate),
        UpdateExpression: `SET #firstAt = if_not_exists(#firstAt, :lastAt), ${names.map((name) => `#${name} = :${name}`).join(', ')} ADD #count :one`,
        ExpressionAttributeNames: {
          '#firstAt': 'firstAt',
          '#count': 'count',
          ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
        },
        ExpressionAttributeValues: {
          ':one': { N: '1' },
          ...Object.fromEntries(Object.entries(sets).map(([name, value]) => [`:${name}`, value])),
        },
      }),
    );
  },
});
