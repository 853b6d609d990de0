import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { admissionTransaction, outcomeOfCancellation } from '../../../aws/dynamodb/admission-transaction.ts';
import { type Admission, decideAdmission } from '../../../domain/admission.ts';
import { anAdmissionRequest } from '../../builders/admission-request.ts';
import { aClaim } from '../../builders/claim.ts';
import { anEnrollment } from '../../builders/enrollment.ts';
import { aCertificateId, aClaimName } from '../../builders/identifiers.ts';

const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({ $metadata: {}, message: 'cancelled', CancellationReasons: codes.map((Code) => ({ Code })) });

const admissionOf = (...request: Parameters<typeof anAdmissionRequest>): Admission => {
  const verdict = decideAdmission(anAdmissionRequest(...request));
  if (verdict.verdict === 'refuse') throw new Error(verdict.reason);
  return verdict;
};

describe('The transaction of an admission', () => {
  test('puts the enrollment with its audit event, and counts the claim of a serial that comes first', () => {
    const [put, claim] = admissionTransaction('T', admissionOf());
    expect(put?.Put?.Item?.['lastEvent']?.M?.['code']).toEqual({ S: 'admission.granted' });
    expect(claim?.Update?.UpdateExpression).toBe('SET lastAdmittedAt = :at ADD admitted :one');
    expect(claim?.Update?.ConditionExpression).toContain('admitted < quota');
  });

  test('counts on the claim that a rotated one took over from, and checks its own', () => {
    const rotated = aClaim({ certificateId: aCertificateId('rotated'), countsOn: aClaim().certificateId });
    const [, own, first, ...others] = admissionTransaction('T', admissionOf({ claim: rotated }));
    expect(Object.keys(own ?? {})).toEqual(['ConditionCheck']);
    expect(first?.Update?.Key?.['pk']).toEqual({ S: `claim#${aClaim().certificateId}` });
    expect(first?.Update?.ConditionExpression).toBe('admitted < quota');
    expect(others).toEqual([]);
  });

  test('only checks the claim of a serial that returns', () => {
    const [, claim] = admissionTransaction('T', admissionOf({ enrollment: anEnrollment({ countedAgainst: aClaimName() }) }));
    expect(Object.keys(claim ?? {})).toEqual(['ConditionCheck']);
  });
});

describe('A cancelled transaction', () => {
  test.each([
    [['ConditionalCheckFailed', 'None'], 'enrollment-changed'],
    [['None', 'ConditionalCheckFailed'], 'claim-changed'],
    [['ConditionalCheckFailed', 'ConditionalCheckFailed'], 'enrollment-changed'],
    [['TransactionConflict', 'None'], 'contended'],
    [['None', 'TransactionConflict'], 'contended'],
    [['None', 'ThrottlingError'], 'contended'],
    [['ProvisionedThroughputExceeded', 'None'], 'contended'],
    [['TransactionConflict', 'ConditionalCheckFailed'], 'claim-changed'],
    [['None', 'None', 'ConditionalCheckFailed'], 'claim-exhausted'],
    [['None', 'ConditionalCheckFailed', 'ConditionalCheckFailed'], 'claim-changed'],
    [['None', 'None', 'TransactionConflict'], 'contended'],
    [['ValidationError', 'None'], undefined],
    [[], undefined],
  ])('for %j means %s', (codes, outcome) => {
    expect(outcomeOfCancellation(cancelled(...codes))).toBe(outcome);
  });

  test('is not what any other failure is', () => {
    expect(outcomeOfCancellation(new Error('no route'))).toBeUndefined();
  });
});
