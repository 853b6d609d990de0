import { allowancesFor } from '../../../domain/issuance/issuance-allowances.ts';
import { aClaim } from '../../builders/claim.ts';
import { anEnrollment, NOON } from '../../builders/enrollment.ts';
import { aCertificateId } from '../../builders/identifiers.ts';

const terms = { lines: [], perDeviceDaily: 10, perClaimHourly: 500 };
const enrollment = anEnrollment();

describe('What a certificate is counted against', () => {
  test('is the device of the day, and then the claim of the hour', () => {
    expect(allowancesFor({ at: NOON, claim: aClaim(), enrollment }, terms)).toMatchObject([
      { kind: 'device', of: expect.stringMatching(/^muster:sensor::/) as unknown, span: '2026-11-20', limit: 10 },
      { kind: 'claim', of: aCertificateId('claim'), span: '2026-11-20T12', limit: 500 },
    ]);
  });

  test('is the claim before it where a claim took over from another', () => {
    const claim = aClaim({ countsOn: aCertificateId('first') });
    expect(allowancesFor({ at: NOON, claim, enrollment }, terms)[1]).toMatchObject({ of: aCertificateId('first') });
  });

  test('is the device alone where that asks by itself', () => {
    expect(allowancesFor({ at: NOON, claim: undefined, enrollment }, terms)).toHaveLength(1);
  });

  test('is kept until nobody asks for it any more', () => {
    for (const { endsAt } of allowancesFor({ at: NOON, claim: aClaim(), enrollment }, terms))
      expect(endsAt).toBeGreaterThan(NOON + 3_600_000);
  });
});
