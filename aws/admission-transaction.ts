import { type TransactWriteItem, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Admission } from '../domain/admission.ts';
import type { AdmissionOutcome } from '../domain/ports.ts';
import { claimKey } from './claim-item.ts';
import { enrollmentItem } from './enrollment-item.ts';
import { isPassing } from './passing-reasons.ts';

/** Both writes of an admission; the order is that of the reasons in a cancellation. */
export const admissionTransaction = (tableName: string, admission: Admission): TransactWriteItem[] => [
  {
    Put: {
      TableName: tableName,
      Item: enrollmentItem(admission.enrollment),
      ConditionExpression: '#version = :read',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':read': { N: String(admission.enrollment.version - 1) } },
    },
  },
  admission.costsQuota ? countOnClaim(tableName, admission) : checkClaim(tableName, admission),
];

// What `refusalOfClaim` said of the claim that was read must still be so when the write happens.
const STILL_OPEN = '#state = :open AND #line = :line AND opensAt <= :at AND expiresAt > :at';

const claimCondition = (tableName: string, { claim, event }: Admission) => ({
  TableName: tableName,
  Key: claimKey(claim.certificateId),
  ExpressionAttributeNames: { '#state': 'state', '#line': 'line' },
  ExpressionAttributeValues: { ':open': { S: 'open' }, ':line': { S: claim.line }, ':at': { N: String(event.at) } },
});

const checkClaim = (tableName: string, admission: Admission): TransactWriteItem => ({
  ConditionCheck: { ...claimCondition(tableName, admission), ConditionExpression: STILL_OPEN },
});

const countOnClaim = (tableName: string, admission: Admission): TransactWriteItem => {
  const condition = claimCondition(tableName, admission);
  return {
    Update: {
      ...condition,
      UpdateExpression: 'ADD admitted :one',
      ConditionExpression: `${STILL_OPEN} AND admitted < quota`,
      ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ':one': { N: '1' } },
    },
  };
};

const CONDITION_FAILED = 'ConditionalCheckFailed';

/** What a failed transaction means, or `undefined` where it means that something is broken. */
export const outcomeOfCancellation = (error: unknown): Exclude<AdmissionOutcome, 'written'> | undefined => {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const [enrollment, claim] = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
  if (enrollment === CONDITION_FAILED) return 'enrollment-changed';
  if (claim === CONDITION_FAILED) return 'claim-changed';
  return [enrollment, claim].some(isPassing) ? 'contended' : undefined;
};
