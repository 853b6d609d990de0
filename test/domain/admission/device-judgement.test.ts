import type { Attestation } from '../../../domain/attestation.ts';
import { attestations } from '../../../domain/attestation.ts';
import { MAX_UNSEEN_CERTIFICATES, judgeDevice } from '../../../domain/admission/device-judgement.ts';
import type { Asking, Enrollment } from '../../../domain/enrollment.ts';
import type { LineSettings } from '../../../domain/line-settings.ts';
import { anAdmissionRequest } from '../../builders/admission-request.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { CLIENT_ID } from '../../builders/hook-event.ts';
import { aCertificateId, aKey } from '../../builders/identifiers.ts';
import { aLineSettings } from '../../builders/line-settings.ts';

interface Case {
  readonly line?: Partial<LineSettings>;
  readonly enrollment?: Partial<Enrollment>;
  readonly key?: string;
  readonly proves?: Attestation;
}

/** What becomes of a device that proves to hold a key: the reason of its refusal, or how it comes in. */
const rulingOn = ({ line = {}, enrollment = {}, key = 'device', proves = 'pinned-key' }: Case): string => {
  const device = anAdmissionRequest({
    settings: aLineSettings(line),
    verify: () => ({ accepted: true, key: aKey(key), attestation: proves }),
  });
  const judgement = judgeDevice(device, anEnrollment(enrollment));
  return judgement.ruling === 'refuse' ? judgement.reason : judgement.ruling;
};

const asking = (key: string): Asking => ({ key: aKey(key), at: NOON, correlationId: CLIENT_ID });
const bound = { state: 'active', boundKey: aKey('device') } as const;
const waiting = { state: 'pending', pending: asking('device') } as const;
const withApproval = { approval: 'operator' } as const;

describe('The least that a line demands', () => {
  test.each(attestations.flatMap((wanted) => attestations.map((proves) => [proves, wanted] as const)))(
    '%s on a line that demands %s',
    (proves, attestation) => {
      const isEnough = attestations.indexOf(proves) >= attestations.indexOf(attestation);
      expect(rulingOn({ line: { attestation }, proves })).toBe(isEnough ? 'admit' : 'evidence-too-weak');
    },
  );

  test('is demanded of a device that returns, too', () => {
    expect(rulingOn({ enrollment: bound, proves: 'serial-only' })).toBe('evidence-too-weak');
  });
});

describe('On a line that wants approval', () => {
  test('the first key waits', () => {
    expect(rulingOn({ line: withApproval })).toBe('hold');
  });

  test('and waits on, however often it asks', () => {
    expect(rulingOn({ line: withApproval, enrollment: waiting })).toBe('pending-approval');
  });

  test('and comes in once an operator said yes to it', () => {
    expect(rulingOn({ line: withApproval, enrollment: { ...waiting, approvedKey: aKey('device') } })).toBe('admit');
  });

  test('a yes that was said before it came lets it in at once, and no other', () => {
    const enrollment = { approvedKey: aKey('device') };
    expect(rulingOn({ line: withApproval, enrollment })).toBe('admit');
    expect(rulingOn({ line: withApproval, enrollment, key: 'thief' })).toBe('hold');
  });

  test('F1: another key contends with the one that waits, once', () => {
    expect(rulingOn({ line: withApproval, enrollment: waiting, key: 'thief' })).toBe('contest');
    const enrollment = { ...waiting, contender: asking('thief') };
    expect(rulingOn({ line: withApproval, enrollment, key: 'thief' })).toBe('bound-to-another-key');
    expect(rulingOn({ line: withApproval, enrollment, key: 'third' })).toBe('bound-to-another-key');
  });

  test('a yes to one key is none to the other', () => {
    const enrollment = { ...waiting, approvedKey: aKey('device') };
    expect(rulingOn({ line: withApproval, enrollment, key: 'thief' })).toBe('contest');
  });

  test('a device that was let in before returns without asking', () => {
    expect(rulingOn({ line: withApproval, enrollment: bound })).toBe('admit');
  });

  test('a key that waited comes in when the line wants approval no more', () => {
    expect(rulingOn({ enrollment: waiting })).toBe('admit');
    expect(rulingOn({ enrollment: waiting, key: 'thief' })).toBe('contest');
  });
});

describe('Another key for a serial that is bound', () => {
  test.each(['admitted', 'active', 'rotating'] as const)('contends for one that is %s, once', (state) => {
    expect(rulingOn({ enrollment: { ...bound, state }, key: 'thief' })).toBe('contest');
    expect(rulingOn({ enrollment: { ...bound, state, contender: asking('thief') }, key: 'thief' })).toBe('bound-to-another-key');
    expect(rulingOn({ enrollment: { ...bound, state, contender: asking('thief') }, key: 'third' })).toBe('bound-to-another-key');
  });

  test('never comes in where an operator ruled it out, nor contends again', () => {
    const refusedKeys = [aKey('thief')];
    const line = { reprovision: 'replace', attestation: 'device-secret' } as const;
    expect(rulingOn({ line, enrollment: { ...bound, refusedKeys }, key: 'thief', proves: 'device-secret' })).toBe('refused-key');
    expect(rulingOn({ enrollment: { refusedKeys }, key: 'thief' })).toBe('refused-key');
  });

  const readmission = { until: NOON + 1 };

  test.each([
    ['never', undefined, 'vendor-certificate', 'contest'],
    ['never', readmission, 'vendor-certificate', 'contest'],
    ['released', undefined, 'vendor-certificate', 'contest'],
    ['released', readmission, 'pinned-key', 'admit-candidate'],
    ['released', { until: NOON }, 'pinned-key', 'contest'],
    ['released', { ...readmission, key: aKey('new') }, 'pinned-key', 'admit-candidate'],
    ['released', { ...readmission, key: aKey('other') }, 'pinned-key', 'contest'],
    ['replace', undefined, 'vendor-certificate', 'admit-candidate'],
    ['replace', undefined, 'device-secret', 'admit-candidate'],
    ['replace', undefined, 'enrollment-code', 'contest'],
    ['replace', readmission, 'enrollment-code', 'admit-candidate'],
  ] as const)('under "%s" with leave %j, proven by %s: %s', (reprovision, leave, proves, ruling) => {
    const enrollment = { ...bound, ...(leave === undefined ? {} : { readmission: leave }) };
    expect(rulingOn({ line: { reprovision, attestation: 'enrollment-code' }, enrollment, key: 'new', proves })).toBe(ruling);
  });

  test('needs more than evidence where an operator approves every key', () => {
    const line = { reprovision: 'replace', ...withApproval } as const;
    expect(rulingOn({ line, enrollment: bound, key: 'new', proves: 'vendor-certificate' })).toBe('contest');
    expect(rulingOn({ line, enrollment: { ...bound, readmission }, key: 'new', proves: 'vendor-certificate' })).toBe('admit-candidate');
  });

  test('that came in before returns, whatever the line says by now', () => {
    expect(rulingOn({ enrollment: { ...bound, candidateKey: aKey('new') }, key: 'new' })).toBe('admit-candidate');
  });

  test(`comes in no more than the bound one, once ${MAX_UNSEEN_CERTIFICATES} certificates are out unseen`, () => {
    const certificates = Array.from({ length: MAX_UNSEEN_CERTIFICATES + 1 }, (_, index) => aCertificate(`c${index}`));
    const enrollment = { ...bound, certificates, certificateInUse: aCertificateId('c0'), readmission };
    expect(rulingOn({ line: { reprovision: 'released' }, enrollment, key: 'new' })).toBe('too-many-certificates');
  });
});

describe('A device in quarantine, or out for good,', () => {
  test.each(['quarantined', 'revoked', 'decommissioned'] as const)('is refused when %s, and nobody contends for it', (state) => {
    const enrollment = { ...bound, state, quarantinedFrom: 'active' as const };
    expect([rulingOn({ enrollment }), rulingOn({ enrollment, key: 'thief' })]).toEqual([state, state]);
  });
});

describe('A device that changed hands', () => {
  test('is let in by nobody until what it had is gone', () => {
    expect(rulingOn({ enrollment: { isChangingHands: true } })).toBe('changing-hands');
  });

  test('comes in while the leave for a new code lasts, and by no key that it was not given for', () => {
    const leave = (until: number, key = 'device') => ({ enrollment: { readmission: { until, key: aKey(key) } } });
    expect(rulingOn(leave(NOON + 1))).toBe('admit');
    expect(rulingOn(leave(NOON))).toBe('evidence-refused');
    expect(rulingOn(leave(NOON + 1, 'other'))).toBe('evidence-refused');
  });
});
