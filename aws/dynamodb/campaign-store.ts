import { ConditionalCheckFailedException, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { type LineName, lineName, thingName } from '../../domain/identifiers.ts';
import { campaignPhases } from '../../domain/rotation/campaign.ts';
import type { CampaignStore } from '../../domain/rotation/planning-ports.ts';
import { rotationId } from '../../domain/rotation/rotation.ts';
import { fromItem, type Item, toItem } from './attribute-values.ts';
import { auditEvent } from './audit-event-schema.ts';
import { StoredItemError } from './stored-item-error.ts';

const campaignKey = (line: LineName): Item => ({ pk: { S: `rotation#${line}` }, sk: { S: 'campaign' } });

const wave = z.object({
  id: rotationId,
  ...{ size: z.int(), startedAt: z.number(), until: z.number(), lookAt: z.number() },
  ...{ ended: z.int(), succeeded: z.int(), failed: z.int() },
  isByHand: z.exactOptional(z.literal(true)),
});

const campaign = z.object({
  line: lineName,
  version: z.int(),
  phase: z.enum(campaignPhases),
  waves: z.array(wave),
  succeeded: z.int(),
  failed: z.int(),
  canary: z.exactOptional(z.object({ target: z.int(), step: z.int() })),
  askAgainAt: z.number(),
  demand: z.exactOptional(z.object({ before: z.number(), after: z.exactOptional(z.object({ thing: thingName, rotateAt: z.number() })) })),
  untold: z.exactOptional(auditEvent),
});

/** Campaigns in the table: one item for each line. */
export const createDynamoDbCampaignStore = (client: DynamoDBClient, tableName: string): CampaignStore => ({
  async read(line) {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: campaignKey(line), ConsistentRead: true }));
    if (Item === undefined) return undefined;
    const parsed = z.safeParse(campaign, fromItem(Item));
    if (!parsed.success) throw new StoredItemError('rotation', Item, parsed.error);
    return parsed.data;
  },
  async write(next) {
    try {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: { ...toItem(next), ...campaignKey(next.line) },
          ...(next.version === 1
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : {
                ConditionExpression: '#version = :read',
                ExpressionAttributeNames: { '#version': 'version' },
                ExpressionAttributeValues: { ':read': { N: String(next.version - 1) } },
              }),
        }),
      );
      return 'written';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'conflict';
      throw error;
    }
  },
});
