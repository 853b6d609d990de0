import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Allowance, IssuanceBudget, IssuanceRecords } from '../../domain/issuance/issuance-ports.ts';
import { readItems } from './batch-read.ts';
import { claimKey, parseClaimItem } from './claim-item.ts';
import { randomPause } from './admission-store.ts';
import { enrollmentKey, parseEnrollmentItem } from './enrollment-item.ts';

// Begins the keys of all counters, so that a role may reach these and no others.
const ISSUANCE_PARTITION = 'issuance#';

/** What decisions about certificates are made from, and how many there were, in the table of enrollments. */
export const createDynamoDbIssuanceStore = (client: DynamoDBClient, tableName: string): IssuanceRecords & IssuanceBudget => {
  const reader = { client, tableName, pause: randomPause };
  return {
    async claim(certificate, signal) {
      const [item] = await readItems(reader, [claimKey(certificate)], signal);
      return item && parseClaimItem(item);
    },
    async enrollment(thing, signal) {
      const [item] = await readItems(reader, [enrollmentKey(thing)], signal);
      return item && parseEnrollmentItem(item);
    },
    async spend(allowance, signal) {
      try {
        await client.send(countOf(tableName, allowance), { abortSignal: signal });
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
};

// An item for each time: it goes by itself, and no clock has to say when to begin anew.
const countOf = (TableName: string, { kind, of, span, limit, endsAt }: Allowance): UpdateItemCommand =>
  new UpdateItemCommand({
    TableName,
    Key: { pk: { S: `${ISSUANCE_PARTITION}${kind}#${of}` }, sk: { S: span } },
    UpdateExpression: 'SET expiresAtSeconds = :end ADD issued :one',
    ConditionExpression: 'attribute_not_exists(issued) OR issued < :limit',
    ExpressionAttributeValues: {
      ':one': { N: '1' },
      ':limit': { N: String(limit) },
      ':end': { N: String(Math.ceil(endsAt / 1000)) },
    },
  });
