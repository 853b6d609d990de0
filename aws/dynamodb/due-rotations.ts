import { ConditionalCheckFailedException, type DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Enrollment } from '../../domain/enrollment.ts';
import { thingName } from '../../domain/identifiers.ts';
import type { DuePosition } from '../../domain/rotation/campaign.ts';
import type { DueRange, DueRotations } from '../../domain/rotation/planning-ports.ts';
import { fromItem, type Item } from './attribute-values.ts';
import { enrollmentKey, rotationLineOf } from './enrollment-item.ts';

const due = z.object({ thingName, rotateAt: z.number(), credentialSince: z.exactOptional(z.number()) });

/** How many requests a count may cost; each counts as much as a megabyte holds, some thousands. */
const MAX_COUNTS = 100;

/** The sparse index of credentials to be replaced. */
export const createDynamoDbDueRotations = (client: DynamoDBClient, tableName: string): DueRotations => ({
  async list(range, limit) {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({ ...queryOf(tableName, range), Limit: limit, ...startOf(range) }),
    );
    const rows = Items.map((item) => z.parse(due, fromItem(item))).map(({ thingName: thing, rotateAt, credentialSince }) => ({
      ...{ thing, rotateAt },
      ...(credentialSince === undefined ? {} : { since: credentialSince }),
    }));
    const last = rows.at(-1);
    return LastEvaluatedKey === undefined || last === undefined ? { rows } : { rows, next: { thing: last.thing, rotateAt: last.rotateAt } };
  },
  async count(range) {
    let counted = 0;
    let start: Item | undefined;
    for (let request = 0; request < MAX_COUNTS; request += 1) {
      const query = new QueryCommand({ ...queryOf(tableName, range), Select: 'COUNT', ...(start && { ExclusiveStartKey: start }) });
      const { Count = 0, LastEvaluatedKey } = await client.send(query);
      counted += Count;
      start = LastEvaluatedKey;
      if (start === undefined) break;
    }
    return counted;
  },
  async setDue(enrollment, rotateAt) {
    try {
      await client.send(new UpdateItemCommand({ TableName: tableName, ...updateOf(enrollment, rotateAt) }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },
});

const queryOf = (tableName: string, { line, until }: DueRange) => ({
  TableName: tableName,
  IndexName: 'rotation',
  KeyConditionExpression: until === undefined ? 'rotationLine = :line' : 'rotationLine = :line AND rotateAt <= :until',
  ExpressionAttributeValues: { ':line': { S: line }, ...(until === undefined ? {} : { ':until': { N: String(until) } }) },
});

const startOf = ({ line, after }: DueRange) => (after === undefined ? {} : { ExclusiveStartKey: startKeyOf(line, after) });

const startKeyOf = (line: DueRange['line'], { thing, rotateAt }: DuePosition): Item => ({
  ...enrollmentKey(thing),
  rotationLine: { S: line },
  rotateAt: { N: String(rotateAt) },
});

const updateOf = (enrollment: Enrollment, rotateAt: number | undefined) => {
  const listed = rotateAt === undefined ? undefined : rotationLineOf({ ...enrollment, rotateAt });
  const values = {
    ':read': { N: String(enrollment.version) },
    ...(rotateAt === undefined ? {} : { ':at': { N: String(rotateAt) } }),
    ...(listed === undefined ? {} : { ':line': { S: listed } }),
  };
  const sets = [...(rotateAt === undefined ? [] : ['rotateAt = :at']), ...(listed === undefined ? [] : ['rotationLine = :line'])];
  const removes = [...(rotateAt === undefined ? ['rotateAt'] : []), ...(listed === undefined ? ['rotationLine'] : [])];
  return {
    Key: enrollmentKey(enrollment.thingName),
    UpdateExpression: [
      ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
      ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: '#version = :read',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: values,
  };
};
