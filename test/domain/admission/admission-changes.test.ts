import { decideAdmission } from '../../../domain/admission.ts';
import type { AdmissionRequest } from '../../../domain/admission/admission-request.ts';
import type { Attestation } from '../../../domain/attestation.ts';
import { attentionOf } from '../../../domain/attention.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { LineSettings } from '../../../domain/line-settings.ts';
import { anAdmissionRequest } from '../../builders/admission-request.ts';
import { aClaim } from '../../builders/claim.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { CLIENT_ID } from '../../builders/hook-event.ts';
import { aCertificateId, aClaimName, aKey, aSerial } from '../../builders/identifiers.ts';
import { aLineSettings } from '../../builders/line-settings.ts';

interface Visit {
  readonly line?: Partial<LineSettings>;
  readonly enrollment?: Enrollment;
  readonly key?: string;
  readonly proves?: Attestation;
  readonly requirement?: Enrollment['requirement'];
  readonly more?: Partial<AdmissionRequest>;
}

const visit = ({ line = {}, enrollment = anEnrollment(), key = 'device', proves = 'pinned-key', requirement, more = {} }: Visit) =>
  decideAdmission(
    anAdmissionRequest({
      settings: aLineSettings(line),
      enrollment,
      verify: () => ({ accepted: true, key: aKey(key), attestation: proves, ...(requirement === undefined ? {} : { requirement }) }),
      ...more,
    }),
  );

/** The enrollment after a visit that changed it. */
const after = (made: Visit): Enrollment => {
  const verdict = visit(made);
  const written = verdict.verdict === 'admit' ? verdict : verdict.write;
  if (written === undefined) throw new Error(`nothing was written: ${verdict.event.reason ?? ''}`);
  return written.enrollment;
};

const bound = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({ state: 'active', boundKey: aKey('device'), countedAgainst: aClaimName(), ...more });

const serialOnly = { attestation: 'serial-only' } as const;
const withApproval = { approval: 'operator' } as const;

describe('A key that waits for approval', () => {
  const verdict = visit({ line: withApproval });
  const held = after({ line: withApproval });

  test('is kept with how it came, one version on, and an operator finds it', () => {
    const { claimCertificateId } = anAdmissionRequest();
    expect(held).toMatchObject({
      state: 'pending',
      version: 2,
      pending: { key: aKey('device'), at: NOON, correlationId: CLIENT_ID, claimCertificateId },
    });
    expect(attentionOf(held)).toBe('pending');
  });

  test('is refused like any other, and what was kept has an event of its own', () => {
    expect(verdict).toMatchObject({ verdict: 'refuse', reason: 'pending-approval', event: { id: 'event-1', keyDigest: aKey('device') } });
    expect(held.lastEvent).toMatchObject({ id: 'event-1-held', code: 'admission.held', keyDigest: aKey('device'), claim: aClaim().name });
  });

  test('is counted against the claim, and not again when it comes in', () => {
    expect(verdict).toMatchObject({ write: { costsQuota: true, enrollment: { countedAgainst: aClaim().name } } });
    const approved = { ...held, approvedKey: aKey('device') };
    expect(visit({ line: withApproval, enrollment: approved })).toMatchObject({ verdict: 'admit', costsQuota: false });
  });

  test('does not wait on a claim without quota', () => {
    expect(visit({ line: withApproval, more: { claim: aClaim({ quota: 0 }) } })).toMatchObject({ reason: 'claim-quota-exhausted' });
    expect(visit({ line: withApproval, more: { claim: aClaim({ quota: 0 }) } })).not.toHaveProperty('write');
  });

  test('is written once: when it asks again nothing is', () => {
    expect(visit({ line: withApproval, enrollment: held })).toMatchObject({ reason: 'pending-approval' });
    expect(visit({ line: withApproval, enrollment: held })).not.toHaveProperty('write');
  });

  test('comes in after the yes, and waits no more', () => {
    const admitted = after({ line: withApproval, enrollment: { ...held, approvedKey: aKey('device') } });
    expect(admitted).toMatchObject({ state: 'admitted', boundKey: aKey('device') });
    expect(admitted).not.toHaveProperty('pending');
    expect(attentionOf(admitted)).toBeUndefined();
  });

  test('has used its code up: nobody else waits with it', () => {
    expect(after({ line: withApproval, requirement: { code: 'used' } }).requirement).toEqual({ code: 'used' });
  });

  test('contends for the serial where an operator approved another key that comes in', () => {
    const admitted = after({ line: withApproval, enrollment: { ...held, approvedKey: aKey('other') }, key: 'other' });
    expect(admitted).toMatchObject({ boundKey: aKey('other'), contender: { key: aKey('device') } });
  });
});

describe('F32: A second key for a bound serial', () => {
  const contested = after({ enrollment: bound(), key: 'thief' });

  test('is kept once, with how it came, and both keys are on record', () => {
    expect(contested.contender).toMatchObject({ key: aKey('thief'), at: NOON, correlationId: CLIENT_ID });
    expect(contested.lastEvent).toMatchObject({
      id: 'event-1-contested',
      code: 'device.contested',
      keyDigest: aKey('thief'),
      boundKeyDigest: aKey('device'),
    });
    expect(attentionOf(contested)).toBe('contested');
  });

  test('changes nothing else', () => {
    const { contender, ...rest } = contested;
    expect(contender).toBeDefined();
    expect(rest).toEqual({ ...bound(), version: 2, lastEvent: contested.lastEvent });
  });

  test('costs the claim nothing, and does not use up a code', () => {
    const verdict = visit({ enrollment: bound(), key: 'thief', requirement: { code: 'used' } });
    expect(verdict).toMatchObject({ reason: 'bound-to-another-key', write: { costsQuota: false, enrollment: { requirement: {} } } });
  });

  test('is refused with both keys on record each time, and written only once', () => {
    const again = visit({ enrollment: contested, key: 'thief' });
    expect(again.event).toMatchObject({ code: 'admission.refused', keyDigest: aKey('thief'), boundKeyDigest: aKey('device') });
    expect(again).not.toHaveProperty('write');
    expect(visit({ enrollment: contested, key: 'third' })).not.toHaveProperty('write');
  });
});

describe('Another key that is let in', () => {
  const line = { reprovision: 'released' } as const;
  const released = bound({ readmission: { until: NOON + 1 }, contender: { key: aKey('new'), at: NOON, correlationId: CLIENT_ID } });
  const admitted = after({ line, enrollment: released, key: 'new' });

  test('is a candidate beside the bound one, and uses the leave up', () => {
    expect(admitted).toMatchObject({ state: 'active', boundKey: aKey('device'), candidateKey: aKey('new') });
    expect(admitted).not.toHaveProperty('readmission');
  });

  test('contends no more', () => {
    expect(admitted).not.toHaveProperty('contender');
  });

  test('lets no third one in', () => {
    expect(visit({ line, enrollment: admitted, key: 'third' })).toMatchObject({ reason: 'bound-to-another-key' });
  });

  test('does not end a leave when it is the bound one that returns', () => {
    expect(after({ line, enrollment: released })).toHaveProperty('readmission');
  });

  test('leaves a contender who is somebody else', () => {
    const contender = { key: aKey('thief'), at: NOON, correlationId: CLIENT_ID };
    expect(after({ line, enrollment: { ...released, contender }, key: 'new' }).contender).toEqual(contender);
  });
});

describe('Probation', () => {
  test('begins where all that was shown is a serial number', () => {
    const admitted = after({ line: serialOnly, proves: 'serial-only' });
    expect(admitted.onProbation).toBe(true);
    expect(attentionOf(admitted)).toBe('probation');
  });

  test('never begins on a line that demands more', () => {
    expect(after({})).not.toHaveProperty('onProbation');
  });

  test('lasts while the device shows no more, however often it returns', () => {
    expect(after({ line: serialOnly, proves: 'serial-only', enrollment: bound({ onProbation: true }) }).onProbation).toBe(true);
  });

  test.each([serialOnly, {}])('ends with stronger evidence', (line) => {
    expect(after({ line, enrollment: bound({ onProbation: true }) }).onProbation).toBe(false);
  });

  test('does not begin again once it is over', () => {
    expect(after({ line: serialOnly, proves: 'serial-only', enrollment: bound({ onProbation: false }) }).onProbation).toBe(false);
  });

  test('is over from the beginning for a device that shows more than its line demands', () => {
    expect(after({ line: serialOnly }).onProbation).toBe(false);
  });

  test('is not ended by a candidate, who is not in use yet', () => {
    const enrollment = bound({ onProbation: true, candidateKey: aKey('new') });
    expect(after({ line: serialOnly, enrollment, key: 'new' }).onProbation).toBe(true);
  });
});

describe('A claim', () => {
  const range = { from: aSerial('SN-0100'), to: aSerial('SN-0199') };

  test.each([
    ['SN-0100', true],
    ['SN-0150', true],
    ['SN-0199', true],
    ['SN-0099', false],
    ['SN-0200', false],
    ['SN-01500', false],
    ['SN-015', false],
    ['sn-0150', false],
  ])('for a range of serials takes %s: %s', (serial, isTaken) => {
    const serialNumber = aSerial(serial);
    const verdict = visit({ enrollment: anEnrollment({ serialNumber }), more: { serialNumber, claim: aClaim({ range }) } });
    expect(verdict.verdict === 'refuse' ? verdict.reason : 'admit').toBe(isTaken ? 'admit' : 'serial-outside-claim');
  });

  test('for a range says so before anybody asks whether there is such a serial', () => {
    expect(visit({ more: { enrollment: undefined, claim: aClaim({ range }) } })).toMatchObject({ reason: 'serial-outside-claim' });
  });

  test('for a manifest takes its devices and no others', () => {
    const claim = aClaim({ manifest: 'a'.repeat(64) });
    expect(visit({ enrollment: anEnrollment({ manifest: 'a'.repeat(64) }), more: { claim } }).verdict).toBe('admit');
    expect(visit({ enrollment: anEnrollment({ manifest: 'b'.repeat(64) }), more: { claim } })).toMatchObject({
      reason: 'serial-outside-claim',
    });
    expect(visit({ more: { claim } })).toMatchObject({ reason: 'serial-outside-claim' });
  });

  test('is held to its range and manifest by a device that returns, too', () => {
    expect(visit({ enrollment: bound(), more: { claim: aClaim({ range }) } })).toMatchObject({ reason: 'serial-outside-claim' });
  });

  test('that counts on another leaves it to the write whether there is quota left', () => {
    const claim = aClaim({ quota: 1, admitted: 1, countsOn: aCertificateId('first') });
    expect(visit({ more: { claim } })).toMatchObject({ verdict: 'admit', costsQuota: true });
  });
});

test('Of a look-alike whose record was found instead, nothing is said', () => {
  const { event } = visit({ enrollment: anEnrollment({ serialNumber: aSerial('sn-1') }) });
  expect(event).toMatchObject({ reason: 'unknown-serial', serialNumber: 'SN-1' });
  expect(event).not.toHaveProperty('tenant');
});

test('A line chooses by attributes where a device that is let in belongs, and what it is told', () => {
  const allocation = [{ when: { market: ['eu'] }, group: 'europe', configuration: { reportSeconds: 60 } }];
  const verdict = visit({ line: { allocation }, enrollment: anEnrollment({ attributes: { market: 'eu' } }) });
  expect(verdict).toMatchObject({ allocation: { group: 'europe', configuration: { reportSeconds: 60 } } });
});

test('What the evidence changed is recorded with the admission', () => {
  expect(after({ requirement: { code: 'used' } }).requirement).toEqual({ code: 'used' });
});

test('Each certificate is kept with the connection that it was issued on', () => {
  const returned = after({ enrollment: bound({ certificates: [aCertificate('first')] }) });
  expect(returned.certificates.map(({ correlationId }) => correlationId)).toEqual([undefined, CLIENT_ID]);
});

test('When the certificate of a device that is let in expires is on record, where that is within its life', () => {
  const verify = () => ({ accepted: true, key: aKey('device'), attestation: 'pinned-key', expiresAt: NOON + 1 }) as const;
  expect(after({ more: { verify } }).certificates).toMatchObject([{ expiresAt: NOON + 1 }]);
  expect(after({}).certificates[0]).not.toHaveProperty('expiresAt');
});
