import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  TransactionConflictException,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type OfferedProof, refusalOfProof, statesThatTakeProofs } from '../../domain/connection/accepted-proof.ts';
import type { Acceptance, ConnectionStore } from '../../domain/connection/connection-ports.ts';
import { withoutLookAlike } from '../../domain/admission/device-judgement.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { Item } from './attribute-values.ts';
import { enrollmentKey, parseEnrollmentItem } from './enrollment-item.ts';

export interface DynamoDbConnectionStoreProps {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/** Enrollments on one DynamoDB table with the keys `pk` and `sk`, for who judges connections. */
export const createDynamoDbConnectionStore = ({ client, tableName }: DynamoDbConnectionStoreProps): ConnectionStore => ({
  async accept(offered, signal) {
    try {
      const command = new UpdateItemCommand({ TableName: tableName, ...acceptanceOf(offered) });
      const { Attributes = {} } = await client.send(command, { abortSignal: signal });
      return { accepted: true, enrollment: parseEnrollmentItem(Attributes) };
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return refusalFrom(offered, error.Item);
      // An import or an operator holds the item at this moment. The device comes again.
      if (error instanceof TransactionConflictException) return { accepted: false, reason: 'lost-a-race', enrollment: undefined };
      throw error;
    }
  },
  async read(thing, signal) {
    const command = new GetItemCommand({ TableName: tableName, Key: enrollmentKey(thing), ConsistentRead: true });
    const { Item } = await client.send(command, { abortSignal: signal });
    const enrollment = Item && parseEnrollmentItem(Item);
    // Names that differ only in case share a key: what was found may be another's.
    return enrollment?.thingName === thing ? enrollment : undefined;
  },
});

const IS_THE_DEVICE = '#line = :line AND #serialNumber = :serialNumber AND #approach = :approach';
const IS_SETTLED = 'attribute_not_exists(#isChangingHands) AND attribute_not_exists(#awaitsProof)';
const IS_ITS_OWNERS = '(attribute_not_exists(#firstKeyVersion) OR #firstKeyVersion <= :keyVersion)';
// AND binds before OR (DynamoDB Developer Guide, "Expressions.OperatorsAndFunctions").
const IS_ACCEPTED_ALREADY = '#proof.#mark = :mark AND #proof.#connectionId = :connectionId';
const IS_NEWER = 'attribute_not_exists(#proof) OR #proof.#mark < :mark AND #proof.#keyVersion <= :keyVersion';

const states: Readonly<Record<string, AttributeValue>> = Object.fromEntries(
  statesThatTakeProofs.map((state, index) => [`:state${index}`, { S: state }]),
);

// What `refusalOfProof` says, as a condition.
const acceptanceOf = (offered: OfferedProof): Omit<UpdateItemCommandInput, 'TableName'> => {
  const { line, serialNumber, approach, mark, connectionId, keyVersion, isTimely, thingName } = offered;
  return {
    Key: enrollmentKey(thingName),
    UpdateExpression: 'SET #proof = :proof, #version = #version + :one',
    ConditionExpression: [
      IS_THE_DEVICE,
      IS_SETTLED,
      IS_ITS_OWNERS,
      `#state IN (${Object.keys(states).join(', ')})`,
      isTimely ? `(${IS_ACCEPTED_ALREADY} OR ${IS_NEWER})` : IS_ACCEPTED_ALREADY,
    ].join(' AND '),
    // DynamoDB refuses a name that no expression has.
    ExpressionAttributeNames: { ...names, ...(isTimely ? { '#keyVersion': 'keyVersion' } : {}) },
    ExpressionAttributeValues: {
      ...states,
      ...{ ':line': { S: line }, ':serialNumber': { S: serialNumber }, ':approach': { S: approach } },
      ...{ ':mark': { S: mark }, ':connectionId': { S: connectionId }, ':one': { N: '1' } },
      ':keyVersion': { N: String(keyVersion) },
      ':proof': { M: { mark: { S: mark }, connectionId: { S: connectionId }, keyVersion: { N: String(keyVersion) } } },
    },
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
};

const names = {
  ...{ '#line': 'line', '#serialNumber': 'serialNumber', '#approach': 'approach', '#state': 'state', '#version': 'version' },
  ...{ '#isChangingHands': 'isChangingHands', '#awaitsProof': 'awaitsProof', '#firstKeyVersion': 'firstKeyVersion' },
  ...{ '#proof': 'lastProof', '#mark': 'mark', '#connectionId': 'connectionId' },
};

const refusalFrom = (offered: OfferedProof, item: Item | undefined): Acceptance => {
  const found: Enrollment | undefined = item && parseEnrollmentItem(item);
  const { enrollment } = withoutLookAlike({ ...offered, enrollment: found });
  if (enrollment === undefined) return { accepted: false, reason: 'unknown-serial', enrollment };
  const reason = refusalOfProof(enrollment, offered);
  // The condition and the rule are one rule written twice: where they differ, nobody is let in.
  return { accepted: false, reason: reason ?? 'internal-error', enrollment };
};
