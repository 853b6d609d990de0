import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { ThingName } from '../../domain/identifiers.ts';
import type { EnrollmentStore, WriteOutcome } from '../../domain/ports.ts';
import { enrollmentKeyOf } from '../../domain/thing-name.ts';
import type { Item } from './attribute-values.ts';
import { type BatchReader, readItems } from './batch-read.ts';
import { claimItem, claimKey, parseClaimItem } from './claim-item.ts';
import { type DynamoDbEnrollmentStoreProps, createDynamoDbAdmissionStore, randomPause } from './admission-store.ts';
import { enrollmentItem, enrollmentKey, parseEnrollmentItem } from './enrollment-item.ts';
import { listEnrollments, listWaiting } from './enrollment-list.ts';
import { registerEnrollments } from './register-enrollments.ts';

/** The enrollment store on one DynamoDB table with the keys `pk` and `sk`. */
export const createDynamoDbEnrollmentStore = ({
  client,
  tableName,
  pause = randomPause,
}: DynamoDbEnrollmentStoreProps): EnrollmentStore => {
  const reader = { client, tableName, pause };
  const put = (input: Omit<PutItemCommandInput, 'TableName'>) =>
    writeOutcomeOf(client.send(new PutItemCommand({ TableName: tableName, ...input })));
  return {
    ...createDynamoDbAdmissionStore({ client, tableName, pause }),
    async readMany(things) {
      // Names that differ only in case share a key: what was found may be another's.
      return (await readAlike(reader, things)).filter(({ thingName }) => things.includes(thingName));
    },
    readAlike: (things) => readAlike(reader, things),
    replace: (next) => put({ Item: enrollmentItem(next), ...ifVersionBefore(next) }),
    register: (enrollment) => put(onlyIfNew(enrollmentItem(enrollment))),
    registerAll: (enrollments) => registerEnrollments(reader, enrollments),
    list: (filter, page) => listEnrollments({ client, tableName, filter }, page),
    listAttention: (attention, filter, page) => listWaiting({ client, tableName, filter }, attention, page),
    async readClaim(certificateId) {
      const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: claimKey(certificateId), ConsistentRead: true }));
      return Item && parseClaimItem(Item);
    },
    createClaim: (claim) => put(onlyIfNew(claimItem(claim))),
  };
};

const readAlike = async (reader: BatchReader, things: readonly ThingName[]): Promise<readonly Enrollment[]> => {
  const keys = new Map(things.map((thing) => [enrollmentKeyOf(thing), enrollmentKey(thing)]));
  return (await readItems(reader, [...keys.values()])).map(parseEnrollmentItem);
};

const ifVersionBefore = (next: Enrollment) => ({
  ConditionExpression: '#version = :read',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':read': { N: String(next.version - 1) } },
});

const onlyIfNew = (item: Item) => ({ Item: item, ConditionExpression: 'attribute_not_exists(pk)' });

const writeOutcomeOf = async (write: Promise<unknown>): Promise<WriteOutcome> => {
  try {
    await write;
    return 'written';
  } catch (error) {
    // A transaction that holds the item is as good as another writer: whoever lost reads again.
    if (error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException) return 'conflict';
    throw error;
  }
};
