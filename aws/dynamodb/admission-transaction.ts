import { type TransactWriteItem, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { AdmissionWrite } from '../../domain/admission.ts';
import type { Claim } from '../../domain/claim.ts';
import type { CertificateId } from '../../domain/identifiers.ts';
import type { AdmissionOutcome } from '../../domain/ports.ts';
import { claimKey } from './claim-item.ts';
import { enrollmentItem } from './enrollment-item.ts';
import { isPassing } from './passing-reasons.ts';

/** What an admission writes: two items, or three where the quota is counted on another claim. The order is that of the reasons in a cancellation. */
export const admissionTransaction = (tableName: string, write: AdmissionWrite): TransactWriteItem[] => {
  const { enrollment, claim, costsQuota } = write;
  const change: ClaimChange = { tableName, claim, at: enrollment.lastEvent.at };
  const put = {
    Put: {
      TableName: tableName,
      Item: enrollmentItem(enrollment),
      ConditionExpression: '#version = :read',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':read': { N: String(enrollment.version - 1) } },
    },
  };
  if (!costsQuota) return [put, checkClaim(change)];
  return claim.countsOn === undefined ? [put, countOnClaim(change)] : [put, checkClaim(change), countElsewhere(change, claim.countsOn)];
};

interface ClaimChange {
  readonly tableName: string;
  readonly claim: Claim;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

// What `refusalOfClaim` said of the claim that was read must still be so when the write happens.
const STILL_OPEN = '#state = :open AND #line = :line AND opensAt <= :at AND expiresAt > :at';
const COUNT = 'SET lastAdmittedAt = :at ADD admitted :one';

const claimCondition = ({ tableName, claim, at }: ClaimChange) => ({
  TableName: tableName,
  Key: claimKey(claim.certificateId),
  ExpressionAttributeNames: { '#state': 'state', '#line': 'line' },
  ExpressionAttributeValues: { ':open': { S: 'open' }, ':line': { S: claim.line }, ':at': { N: String(at) } },
});

const checkClaim = (change: ClaimChange): TransactWriteItem => ({
  ConditionCheck: { ...claimCondition(change), ConditionExpression: STILL_OPEN },
});

const countOnClaim = (change: ClaimChange): TransactWriteItem => {
  const condition = claimCondition(change);
  return {
    Update: {
      ...condition,
      UpdateExpression: COUNT,
      ConditionExpression: `${STILL_OPEN} AND admitted < quota`,
      ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ':one': { N: '1' } },
    },
  };
};

// Whether that claim is still open does not matter: it is the number that is shared, and a rotation closes it.
const countElsewhere = ({ tableName, at }: ClaimChange, countsOn: CertificateId): TransactWriteItem => ({
  Update: {
    TableName: tableName,
    Key: claimKey(countsOn),
    UpdateExpression: COUNT,
    ConditionExpression: 'admitted < quota',
    ExpressionAttributeValues: { ':at': { N: String(at) }, ':one': { N: '1' } },
  },
});

const CONDITION_FAILED = 'ConditionalCheckFailed';
/** What it means that the condition of an item failed, in the order of the items. */
const outcomes = ['enrollment-changed', 'claim-changed', 'claim-exhausted'] as const;

/** What a failed transaction means, or `undefined` where it means that something is broken. */
export const outcomeOfCancellation = (error: unknown): Exclude<AdmissionOutcome, 'written'> | undefined => {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
  const failed = outcomes[codes.indexOf(CONDITION_FAILED)];
  return failed ?? (codes.some(isPassing) ? 'contended' : undefined);
};
