import { decideAdmission } from '../../domain/admission.ts';
import { MAX_UNSEEN_CERTIFICATES } from '../../domain/admission/device-judgement.ts';
import type { AdmissionRequest } from '../../domain/admission/admission-request.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { EnrollmentState } from '../../domain/enrollment-state.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import { anAdmissionRequest } from '../builders/admission-request.ts';
import { aClaim } from '../builders/claim.ts';
import { NOON, aCertificate, anEnrollment } from '../builders/enrollment.ts';
import { CLIENT_ID } from '../builders/hook-event.ts';
import { aLineSettings } from '../builders/line-settings.ts';
import { aCertificateId, aClaimName, aKey, aLine, aSerial } from '../builders/identifiers.ts';

const reasonFor = (...request: Parameters<typeof anAdmissionRequest>) => {
  const verdict = decideAdmission(anAdmissionRequest(...request));
  return verdict.verdict === 'refuse' ? verdict.reason : verdict.verdict;
};

const admissionOf = (...request: Parameters<typeof anAdmissionRequest>) => {
  const verdict = decideAdmission(anAdmissionRequest(...request));
  if (verdict.verdict === 'refuse') throw new Error(`refused: ${verdict.reason}`);
  return verdict;
};

const bound = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({
    state: 'admitted',
    boundKey: aKey('device'),
    countedAgainst: aClaimName(),
    certificates: [aCertificate('first')],
    ...more,
  });

describe('A first admission', () => {
  const { enrollment, costsQuota, event } = admissionOf();

  test('binds the serial to the key, one version on', () => {
    expect(enrollment).toMatchObject({ state: 'admitted', boundKey: aKey('device'), version: 2 });
  });

  test('keeps the certificate that was issued, and is counted against the claim', () => {
    expect(enrollment.certificates).toEqual([
      { id: aCertificateId('device'), key: aKey('device'), issuedAt: NOON, correlationId: CLIENT_ID },
    ]);
    expect({ costsQuota, countedAgainst: enrollment.countedAgainst }).toEqual({ costsQuota: true, countedAgainst: aClaim().name });
  });

  test('carries its audit event in what is written', () => {
    expect(enrollment.lastEvent).toBe(event);
    expect(event).toMatchObject({
      code: 'admission.granted',
      actor: { kind: 'device' },
      correlationId: CLIENT_ID,
      serialNumber: 'SN-1',
      keyDigest: aKey('device'),
      claim: aClaim().name,
    });
  });

  test('retires nothing', () => {
    expect(enrollment.toRetire).toEqual([]);
  });
});

describe('An admission is refused', () => {
  test.each<[string, Partial<AdmissionRequest>, ReasonCode]>([
    ['for a claim that is not known', { claim: undefined }, 'unknown-claim'],
    ['for a claim of another line', { claim: aClaim({ line: aLine('gateway') }) }, 'claim-of-another-line'],
    ['for a closed claim', { claim: aClaim({ state: 'closed' }) }, 'claim-closed'],
    ['for an expired claim', { claim: aClaim({ expiresAt: NOON }) }, 'claim-expired'],
    ['for a claim with no quota left', { claim: aClaim({ quota: 1, admitted: 1 }) }, 'claim-quota-exhausted'],
    ['F1: for a serial that nobody registered', { enrollment: undefined }, 'unknown-serial'],
    [
      'for a record of another serial under the same name',
      { enrollment: anEnrollment({ serialNumber: aSerial('SN-2') }) },
      'unknown-serial',
    ],
    ['for a record of another line under the same name', { enrollment: anEnrollment({ line: aLine('gateway') }) }, 'unknown-serial'],
    ['for a device of another approach', { enrollment: anEnrollment({ approach: 'oauth' }) }, 'another-approach'],
    ['for a newcomer to a closed line', { settings: aLineSettings({ isClosed: true }) }, 'line-closed'],
    ['for evidence that does not count', { verify: () => ({ accepted: false, reason: 'not-the-pinned-key' }) }, 'not-the-pinned-key'],
  ])('%s', (_, request, reason) => {
    expect(reasonFor(request)).toBe(reason);
  });

  test.each(['quarantined', 'revoked', 'decommissioned'] as const)('for a device that is %s, whatever its key', (state) => {
    expect(reasonFor({ enrollment: bound({ state, quarantinedFrom: 'active' }) })).toBe(state);
  });

  test.each(['admitted', 'active', 'rotating'] satisfies EnrollmentState[])(
    'F1: for a serial that is %s and bound to another key',
    (state) => {
      expect(reasonFor({ enrollment: bound({ state }) }, aKey('thief'))).toBe('bound-to-another-key');
    },
  );

  test('and the record tells which key tried', () => {
    expect(decideAdmission(anAdmissionRequest({ enrollment: bound() }, aKey('thief'))).event).toMatchObject({
      code: 'admission.refused',
      reason: 'bound-to-another-key',
      keyDigest: aKey('thief'),
      thingName: 'muster:sensor:SN-1',
    });
  });

  test('not for a serial that is in, though its line is closed: it may have lost power, or its certificate may have expired', () => {
    const request = anAdmissionRequest({ enrollment: bound(), settings: aLineSettings({ isClosed: true }) });
    expect(decideAdmission(request).verdict).toBe('admit');
  });

  test('before the evidence is judged, where the state forbids it', () => {
    const verify = () => {
      throw new Error('nobody should ask');
    };
    expect(reasonFor({ enrollment: bound({ state: 'revoked' }), verify })).toBe('revoked');
  });
});

describe('A device that returns with its key', () => {
  test('is admitted again with another certificate, at no cost to the claim', () => {
    const { enrollment, costsQuota } = admissionOf({ enrollment: bound(), claim: aClaim({ quota: 1, admitted: 1 }) });
    expect({ costsQuota, ids: enrollment.certificates.map(({ id }) => id) }).toEqual({
      costsQuota: false,
      ids: [aCertificateId('first'), aCertificateId('device')],
    });
  });

  test('may come with another claim of its line, and stays counted against the first', () => {
    const { enrollment, costsQuota } = admissionOf({ enrollment: bound(), claim: aClaim({ name: aClaimName('batch-2') }) });
    expect({ costsQuota, countedAgainst: enrollment.countedAgainst }).toEqual({ costsQuota: false, countedAgainst: aClaimName() });
  });

  test(`is refused once ${MAX_UNSEEN_CERTIFICATES} certificates are out that nobody has seen in use`, () => {
    const certificates = Array.from({ length: MAX_UNSEEN_CERTIFICATES }, (_, index) => aCertificate(`c${index}`));
    expect(reasonFor({ enrollment: bound({ certificates: certificates.slice(1) }) })).toBe('admit');
    expect(reasonFor({ enrollment: bound({ certificates }) })).toBe('too-many-certificates');
  });

  test('is not held up by the certificate in use or by those that are to be retired', () => {
    const certificates = Array.from({ length: MAX_UNSEEN_CERTIFICATES + 1 }, (_, index) => aCertificate(`c${index}`));
    const enrollment = bound({ certificates, certificateInUse: aCertificateId('c0'), toRetire: [aCertificateId('c1')] });
    expect(reasonFor({ enrollment })).toBe('admit');
  });

  test('may be the candidate that an operator let in beside the bound key', () => {
    const { enrollment } = admissionOf({ enrollment: bound({ candidateKey: aKey('new board') }) }, aKey('new board'));
    expect(enrollment).toMatchObject({ boundKey: aKey('device'), candidateKey: aKey('new board') });
  });
});
