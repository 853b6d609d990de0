import { decideAdmission } from '../../../domain/admission.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { anAdmissionRequest } from '../../builders/admission-request.ts';
import { aClaim } from '../../builders/claim.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { aCertificateId, aKey } from '../../builders/identifiers.ts';
import { aLineSettings } from '../../builders/line-settings.ts';

const HOUR_MS = 3_600_000;
const settings = aLineSettings({ returnsByTwo: true });
const technicians = aClaim({ technician: 'arn:aws:iam::111122223333:user/tom' });

const used = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({
    ...{ state: 'active', boundKey: aKey('device'), certificates: [aCertificate('one')], certificateInUse: aCertificateId('one') },
    ...more,
  });

const recovery = { ticket: 'a'.repeat(64), until: NOON + HOUR_MS };

describe('A device that was in use, where it takes two to bring it back', () => {
  test('is refused to a technician alone, and to one whose ticket is over', () => {
    for (const enrollment of [used(), used({ recovery: { ...recovery, until: NOON } })]) {
      const verdict = decideAdmission(anAdmissionRequest({ settings, claim: technicians, enrollment }));
      expect(verdict).toMatchObject({ verdict: 'refuse', reason: 'no-open-recovery' });
      expect(verdict).not.toHaveProperty('write');
    }
  });

  test('comes back by a technician while a ticket is open, and uses it up', () => {
    const verdict = decideAdmission(anAdmissionRequest({ settings, claim: technicians, enrollment: used({ recovery }) }));
    if (verdict.verdict !== 'admit') throw new Error(`It was refused: ${verdict.reason}`);
    expect(verdict.enrollment).not.toHaveProperty('recovery');
  });

  test.each([
    ['a device that was never seen in use', { enrollment: anEnrollment() }],
    [
      'a device that lost the answer',
      { enrollment: anEnrollment({ state: 'admitted', boundKey: aKey('device'), certificates: [aCertificate('one')] }) },
    ],
    ['the claim of a batch', { claim: aClaim(), enrollment: used() }],
    ['a line that leaves it to the technician', { settings: aLineSettings(), enrollment: used() }],
  ])('is no matter of %s', (_, change) => {
    expect(decideAdmission(anAdmissionRequest({ settings, claim: technicians, ...change })).verdict).toBe('admit');
  });
});
