import { overdueOf, standingOf } from '../../../domain/claim/claim-standing.ts';
import { reasonCodes } from '../../../domain/reason-code.ts';
import { reasonsOf, refusalClasses } from '../../../domain/refusal-class.ts';
import { aClaim } from '../../builders/claim.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aCertificateId } from '../../builders/identifiers.ts';

const HOUR_MS = 3_600_000;
const first = aClaim({ quota: 2, expiresAt: NOON + HOUR_MS });
const rotated = aClaim({ quota: 2, certificateId: aCertificateId('next'), countsOn: first.certificateId, expiresAt: NOON + 9 * HOUR_MS });

describe('How a claim stands', () => {
  test.each([
    ['open', [first]],
    ['open', [{ ...first, state: 'closed' as const }, rotated]],
    ['not-yet-open', [{ ...first, opensAt: NOON + 1 }]],
    ['exhausted', [{ ...first, admitted: 2 }]],
    ['exhausted', [{ ...first, admitted: 2, state: 'closed' as const }, rotated]],
    ['expired', [{ ...first, expiresAt: NOON }]],
    ['open', [{ ...first, expiresAt: NOON }, rotated]],
    ['closed', [{ ...first, state: 'closed' as const }]],
  ])('is %s', (standing, claims) => {
    expect(standingOf(claims, NOON)).toBe(standing);
  });
});

describe('A claim has had its time', () => {
  test('when it expired, each certificate by itself', () => {
    const claims = [{ ...first, expiresAt: NOON }, rotated];
    expect(overdueOf(claims, NOON - 1)).toEqual([]);
    expect(overdueOf(claims, NOON)).toEqual([claims[0]]);
  });

  test('with all of its certificates one hour after its quota was used up', () => {
    const claims = [{ ...first, admitted: 2, lastAdmittedAt: NOON - HOUR_MS }, rotated];
    expect(overdueOf(claims, NOON - 1)).toEqual([]);
    expect(overdueOf(claims, NOON)).toEqual(claims);
  });

  test('but not when it is closed already', () => {
    expect(overdueOf([{ ...first, state: 'closed', expiresAt: NOON }], NOON)).toEqual([]);
  });
});

describe('Refusals', () => {
  test('are each of one class', () => {
    expect(refusalClasses.flatMap(reasonsOf).toSorted()).toEqual([...reasonCodes].toSorted());
  });
});
