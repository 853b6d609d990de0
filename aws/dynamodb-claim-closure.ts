import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { ClaimClosure } from '../domain/ports.ts';
import { claimKey, parseClaimItem } from './claim-item.ts';

/** Closes claims in the table that the hook reads: what counts from the next admission on. */
export const createDynamoDbClaimClosure = (client: DynamoDBClient, tableName: string): ClaimClosure => ({
  async closeClaim(certificate) {
    try {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: claimKey(certificate),
          // Only the state: an admission that counts at the same moment must not be undone.
          UpdateExpression: 'SET #state = :closed',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':closed': { S: 'closed' } },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Attributes && parseClaimItem(Attributes);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  },
});
