import { hasQuotaLeft, refusalOfClaim } from '../../domain/claim.ts';
import { aClaim } from '../builders/claim.ts';
import { NOON } from '../builders/enrollment.ts';
import { aLine } from '../builders/identifiers.ts';

describe('A claim', () => {
  test('may be used on its line while it is open', () => {
    expect(refusalOfClaim(aClaim(), aLine(), NOON)).toBeUndefined();
  });

  test.each([
    ['of another line', aClaim({ line: aLine('gateway') }), 'claim-of-another-line'],
    ['that is closed', aClaim({ state: 'closed' }), 'claim-closed'],
    ['before it opens', aClaim({ opensAt: NOON + 1 }), 'claim-not-yet-open'],
    ['in the very millisecond in which it expires', aClaim({ expiresAt: NOON }), 'claim-expired'],
  ] as const)('may not be used %s', (_, claim, reason) => {
    expect(refusalOfClaim(claim, aLine(), NOON)).toBe(reason);
  });

  test('may be used in the very millisecond in which it opens, and until the last before it expires', () => {
    expect(refusalOfClaim(aClaim({ opensAt: NOON, expiresAt: NOON + 1 }), aLine(), NOON)).toBeUndefined();
  });

  test('has quota left until it has admitted as many as it may', () => {
    expect([98, 99, 100, 101].map((admitted) => hasQuotaLeft(aClaim({ quota: 100, admitted })))).toEqual([true, true, false, false]);
  });
});
