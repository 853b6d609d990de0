import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  TransactWriteItemsCommand,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { Enrollment } from '../domain/enrollment.ts';
import type { EnrollmentStore, WriteOutcome } from '../domain/ports.ts';
import { enrollmentKeyOf } from '../domain/thing-name.ts';
import { admissionTransaction, outcomeOfCancellation } from './admission-transaction.ts';
import type { Item } from './attribute-values.ts';
import { type Pause, readItems } from './batch-read.ts';
import { claimItem, claimKey, parseClaimItem } from './claim-item.ts';
import { enrollmentItem, enrollmentKey, parseEnrollmentItem } from './enrollment-item.ts';
import { listEnrollments, listWaiting } from './enrollment-list.ts';
import { registerEnrollments } from './register-enrollments.ts';

export interface DynamoDbEnrollmentStoreProps {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** Waits between tries of a read that was answered in part; by default a random part of a doubling 50 ms. */
  readonly pause?: Pause;
}

/** The enrollment store on one DynamoDB table with the keys `pk` and `sk`. */
export const createDynamoDbEnrollmentStore = ({
  client,
  tableName,
  pause = defaultPause,
}: DynamoDbEnrollmentStoreProps): EnrollmentStore => {
  const reader = { client, tableName, pause };
  const put = (input: Omit<PutItemCommandInput, 'TableName'>) =>
    writeOutcomeOf(client.send(new PutItemCommand({ TableName: tableName, ...input })));
  return {
    async readForAdmission({ claim, thing }, signal) {
      const items = await readItems(reader, [claimKey(claim), enrollmentKey(thing)], signal);
      const claimFound = items.find((item) => item['sk']?.S === 'claim');
      const enrollmentFound = items.find((item) => item['sk']?.S === 'enrollment');
      return { claim: claimFound && parseClaimItem(claimFound), enrollment: enrollmentFound && parseEnrollmentItem(enrollmentFound) };
    },
    async admit(write, signal) {
      const command = new TransactWriteItemsCommand({ TransactItems: admissionTransaction(tableName, write) });
      try {
        await client.send(command, signal === undefined ? {} : { abortSignal: signal });
        return 'written';
      } catch (error) {
        const outcome = outcomeOfCancellation(error);
        if (outcome === undefined) throw error;
        return outcome;
      }
    },
    async readMany(things) {
      const keys = new Map(things.map((thing) => [enrollmentKeyOf(thing), enrollmentKey(thing)]));
      const items = await readItems(reader, [...keys.values()]);
      // Names that differ only in case share a key: what was found may be another's.
      return items.map(parseEnrollmentItem).filter(({ thingName }) => things.includes(thingName));
    },
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

const defaultPause: Pause = (attempt) => new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * 2 ** attempt));

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
