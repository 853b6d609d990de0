import { type DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { RecoveryStore } from '../../domain/recovery/recovery-ports.ts';
import { outcomeOfCancellation } from './admission-transaction.ts';
import { claimItem } from './claim-item.ts';
import { createDynamoDbConnectionStore } from './connection-store.ts';
import { enrollmentItem } from './enrollment-item.ts';

const KEPT_S = 90 * 86_400;

/** Tickets and what comes of them, on one DynamoDB table with the keys `pk` and `sk`. The claim of a connection ends by itself after ninety days. */
export const createDynamoDbRecoveryStore = (client: DynamoDBClient, tableName: string): RecoveryStore => ({
  read: (thing, signal) => createDynamoDbConnectionStore({ client, tableName }).read(thing, signal),
  async use(next, claim, signal) {
    const expiresAtSeconds = { N: String(Math.floor(claim.expiresAt / 1000) + KEPT_S) };
    const enrollment = {
      TableName: tableName,
      Item: enrollmentItem(next),
      ConditionExpression: '#version = :read',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':read': { N: String(next.version - 1) } },
    };
    const opened = {
      TableName: tableName,
      Item: { ...claimItem(claim), expiresAtSeconds },
      ConditionExpression: 'attribute_not_exists(pk)',
    };
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: enrollment }, { Put: opened }] }), { abortSignal: signal });
      return 'written';
    } catch (error) {
      if (outcomeOfCancellation(error) === undefined) throw error;
      return 'conflict';
    }
  },
});
