import { ConditionalCheckFailedException, type DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { thingName } from '../../domain/identifiers.ts';
import type { DueEnrollments } from '../../domain/reconciliation/reconciliation-ports.ts';
import { fromItem } from './attribute-values.ts';
import { DUE, enrollmentKey } from './enrollment-item.ts';

const due = z.object({ thingName, reconcileAt: z.number() });

/** The sparse index of enrollments that were written since they were last compared with AWS IoT. */
export const createDynamoDbDueEnrollments = (client: DynamoDBClient, tableName: string): DueEnrollments => ({
  async list(at, limit) {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'reconcile',
        KeyConditionExpression: 'reconcile = :due AND reconcileAt <= :at',
        ExpressionAttributeValues: { ':due': { S: DUE }, ':at': { N: String(at) } },
        Limit: limit,
      }),
    );
    return Items.map((item) => z.parse(due, fromItem(item))).map(({ thingName: thing, reconcileAt: dueAt }) => ({ thing, dueAt }));
  },
  async settle({ thingName: thing, version }, until) {
    const values = { ':read': { N: String(version) } };
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: enrollmentKey(thing),
          UpdateExpression: until === undefined ? 'REMOVE reconcile, reconcileAt' : 'SET reconcile = :due, reconcileAt = :until',
          ConditionExpression: '#version = :read',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: until === undefined ? values : { ...values, ':due': { S: DUE }, ':until': { N: String(until) } },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },
});
