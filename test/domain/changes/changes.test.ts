import { approve } from '../../../domain/changes/approve.ts';
import { confirm } from '../../../domain/changes/confirm.ts';
import type { Change, ChangeStamp } from '../../../domain/changes/change.ts';
import { decommission } from '../../../domain/changes/decommission.ts';
import { quarantine } from '../../../domain/changes/quarantine.ts';
import { readmit } from '../../../domain/changes/readmit.ts';
import { release } from '../../../domain/changes/release.ts';
import { resolve } from '../../../domain/changes/resolve.ts';
import { revoke } from '../../../domain/changes/revoke.ts';
import { attentionOf } from '../../../domain/attention.ts';
import type { Asking, Enrollment } from '../../../domain/enrollment.ts';
import { enrollmentStates } from '../../../domain/enrollment-state.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { CLIENT_ID } from '../../builders/hook-event.ts';
import { aCertificateId, aKey } from '../../builders/identifiers.ts';

const stamp: ChangeStamp = {
  id: 'change-1',
  at: NOON,
  actor: { kind: 'operator', arn: 'arn:aws:iam::111122223333:user/sue' },
  operation: 'devices.x',
  scope: 'security',
};

const asking = (key: string): Asking => ({ key: aKey(key), at: NOON, correlationId: CLIENT_ID });
const waiting = (more: Partial<Enrollment> = {}) => anEnrollment({ state: 'pending', pending: asking('device'), ...more });
const bound = (more: Partial<Enrollment> = {}) =>
  anEnrollment({
    state: 'active',
    boundKey: aKey('device'),
    certificates: [aCertificate('one'), aCertificate('two')],
    certificateInUse: aCertificateId('two'),
    ...more,
  });

const changedBy = (change: Change): Enrollment => {
  if (change.outcome !== 'changed') throw new Error(change.outcome === 'impossible' ? change.why : 'unchanged');
  return change.enrollment;
};

/** Does it twice: the second time there is nothing left to do. */
const twice = (enrollment: Enrollment, change: (enrollment: Enrollment) => Change): string => change(changedBy(change(enrollment))).outcome;

describe('Every change', () => {
  const changes = {
    approve: [approve(waiting(), stamp), 'device.approved'],
    confirm: [confirm(bound({ onProbation: true }), stamp), 'device.confirmed'],
    readmit: [readmit(bound(), stamp, { until: NOON + 1, reprovision: 'released' }), 'device.readmitted'],
    resolve: [resolve(bound({ contender: asking('thief') }), stamp, aKey('device')), 'device.resolved'],
    quarantine: [quarantine(bound(), stamp), 'device.quarantined'],
    release: [release(bound({ state: 'quarantined', quarantinedFrom: 'active' }), stamp), 'device.released'],
    revoke: [revoke(bound(), stamp), 'device.revoked'],
    decommission: [decommission(bound(), stamp), 'device.decommissioned'],
  } as const;

  test.each(Object.entries(changes))('%s is one version on, and carries the record of who did it', (_, [change, code]) => {
    const { version, lastEvent } = changedBy(change);
    expect(version).toBe(2);
    expect(lastEvent).toMatchObject({
      ...stamp,
      code,
      schemaVersion: 1,
      serialNumber: 'SN-1',
      line: 'sensor',
      thingName: 'muster:sensor:SN-1',
    });
  });
});

describe('Approving', () => {
  test('says yes to the key that waits, which then waits for nobody', () => {
    const approved = changedBy(approve(waiting(), stamp));
    expect(approved).toMatchObject({ state: 'pending', approvedKey: aKey('device'), lastEvent: { keyDigest: aKey('device') } });
    expect(attentionOf(approved)).toBeUndefined();
  });

  test('is done once', () => {
    expect(twice(waiting(), (enrollment) => approve(enrollment, stamp))).toBe('unchanged');
  });

  test('can be done before the device comes, for a key that is named', () => {
    expect(changedBy(approve(anEnrollment(), stamp, aKey('device')))).toMatchObject({ state: 'registered', approvedKey: aKey('device') });
    expect(approve(anEnrollment(), stamp).outcome).toBe('impossible');
  });

  test.each([
    ['for a key that does not wait', waiting(), aKey('other')],
    ['while two keys ask', waiting({ contender: asking('thief') }), undefined],
    ['for a key that was ruled out', anEnrollment({ refusedKeys: [aKey('other')] }), aKey('other')],
    ['for a device that is in already', bound(), aKey('other')],
    ['for one that was revoked', anEnrollment({ state: 'revoked' }), aKey('other')],
  ])('is impossible %s', (_, enrollment, key) => {
    expect(approve(enrollment, stamp, key).outcome).toBe('impossible');
  });
});

describe('Confirming', () => {
  test('ends probation for good', () => {
    expect(changedBy(confirm(bound({ onProbation: true }), stamp))).toMatchObject({ state: 'active', onProbation: false });
    expect(twice(bound({ onProbation: true }), (enrollment) => confirm(enrollment, stamp))).toBe('unchanged');
  });

  test('is impossible while two keys ask, and where there is no probation', () => {
    expect(confirm(bound({ onProbation: true, contender: asking('thief') }), stamp).outcome).toBe('impossible');
    expect(confirm(bound(), stamp).outcome).toBe('impossible');
    expect(confirm(bound({ onProbation: true, state: 'revoked' }), stamp).outcome).toBe('impossible');
  });
});

describe('Readmitting', () => {
  const wishes = { until: NOON + 1, reprovision: 'released' } as const;

  test('gives leave for one key until a time, and may change what it must prove', () => {
    const requirement = { pinnedKey: aKey('new') };
    const readmitted = changedBy(readmit(bound(), stamp, { ...wishes, key: aKey('new'), requirement }));
    expect(readmitted).toMatchObject({ state: 'active', readmission: { until: NOON + 1, key: aKey('new') }, requirement });
    expect(twice(bound(), (enrollment) => readmit(enrollment, stamp, wishes))).toBe('unchanged');
  });

  test.each([
    ['on a line that never lets another key in', bound(), { ...wishes, reprovision: 'never' }],
    ['until a time that is over', bound(), { ...wishes, until: NOON }],
    ['for the bound key', bound(), { ...wishes, key: aKey('device') }],
    ['for a key that was ruled out', bound({ refusedKeys: [aKey('new')] }), { ...wishes, key: aKey('new') }],
    ['for a device that never came in', anEnrollment(), wishes],
    ['for one in quarantine', bound({ state: 'quarantined', quarantinedFrom: 'active' }), wishes],
  ] as const)('is impossible %s', (_, enrollment, what) => {
    expect(readmit(enrollment, stamp, what).outcome).toBe('impossible');
  });
});

describe('Resolving', () => {
  const contested = bound({ contender: asking('thief'), readmission: { until: NOON + 1 } });

  test('keeps the bound key, and rules the other out', () => {
    const resolved = changedBy(resolve(contested, stamp, aKey('device')));
    expect(resolved).toMatchObject({ state: 'active', boundKey: aKey('device'), refusedKeys: [aKey('thief')], toRetire: [] });
    expect(resolved).not.toHaveProperty('contender');
    expect(resolve(resolved, stamp, aKey('device')).outcome).toBe('unchanged');
  });

  test('keeps the other key: it is bound, may come in, and all certificates of the first are to be retired', () => {
    const resolved = changedBy(resolve(contested, stamp, aKey('thief')));
    expect(resolved).toMatchObject({
      state: 'admitted',
      boundKey: aKey('thief'),
      refusedKeys: [aKey('device')],
      toRetire: [aCertificateId('one'), aCertificateId('two')],
      lastEvent: { keyDigest: aKey('thief'), boundKeyDigest: aKey('device') },
    });
    for (const gone of ['contender', 'certificateInUse', 'candidateKey', 'readmission']) expect(resolved).not.toHaveProperty(gone);
    expect(resolve(resolved, stamp, aKey('thief')).outcome).toBe('unchanged');
  });

  test('rules a candidate of the loser out with it', () => {
    const withCandidate = { ...contested, candidateKey: aKey('spare') };
    expect(changedBy(resolve(withCandidate, stamp, aKey('thief'))).refusedKeys).toEqual([aKey('device'), aKey('spare')]);
  });

  test('keeps either of two that wait for approval, which the one that is kept still needs', () => {
    const two = waiting({ contender: asking('thief'), approvedKey: aKey('device') });
    expect(changedBy(resolve(two, stamp, aKey('device')))).toMatchObject({ state: 'pending', pending: { key: aKey('device') } });
    const other = changedBy(resolve(two, stamp, aKey('thief')));
    expect(other).toMatchObject({ state: 'pending', pending: { key: aKey('thief') }, refusedKeys: [aKey('device')] });
    expect(other).not.toHaveProperty('approvedKey');
    expect(attentionOf(other)).toBe('pending');
  });

  test('in quarantine leaves the device there, and a release returns it to where the ruling put it', () => {
    const inQuarantine = { ...contested, state: 'quarantined', quarantinedFrom: 'active' } as const;
    const resolved = changedBy(resolve(inQuarantine, stamp, aKey('thief')));
    expect(resolved).toMatchObject({ state: 'quarantined', quarantinedFrom: 'admitted', boundKey: aKey('thief') });
    expect(changedBy(release(resolved, stamp)).state).toBe('admitted');
    expect(changedBy(resolve(inQuarantine, stamp, aKey('device')))).toMatchObject({ state: 'quarantined', quarantinedFrom: 'active' });
  });

  test('is impossible where no two keys ask, and for a third', () => {
    expect(resolve(bound(), stamp, aKey('device')).outcome).toBe('impossible');
    expect(resolve(contested, stamp, aKey('third')).outcome).toBe('impossible');
  });
});

describe('Quarantine and release', () => {
  test('return a device to where it was', () => {
    const quarantined = changedBy(quarantine(bound({ state: 'rotating' }), stamp));
    expect(quarantined).toMatchObject({ state: 'quarantined', quarantinedFrom: 'rotating' });
    const released = changedBy(release(quarantined, stamp));
    expect(released.state).toBe('rotating');
    expect(released).not.toHaveProperty('quarantinedFrom');
  });

  test('are done once, or are impossible', () => {
    expect(twice(bound(), (enrollment) => quarantine(enrollment, stamp))).toBe('unchanged');
    expect(release(bound(), stamp).outcome).toBe('impossible');
    expect(quarantine(bound({ state: 'revoked' }), stamp).outcome).toBe('impossible');
  });
});

describe('Revoking', () => {
  test('retires every certificate and ends whatever waited', () => {
    const revoked = changedBy(revoke(bound({ contender: asking('thief'), candidateKey: aKey('new') }), stamp));
    expect(revoked).toMatchObject({ state: 'revoked', boundKey: aKey('device'), toRetire: [aCertificateId('one'), aCertificateId('two')] });
    for (const gone of ['contender', 'candidateKey', 'certificateInUse', 'pending']) expect(revoked).not.toHaveProperty(gone);
    expect(attentionOf(revoked)).toBeUndefined();
  });

  test('is undone by nobody, and keys that were ruled out stay so', () => {
    const ruledOut = { contender: asking('thief'), refusedKeys: [aKey('other')], onProbation: true };
    for (const before of [bound(ruledOut), waiting(ruledOut), bound({ ...ruledOut, state: 'quarantined', quarantinedFrom: 'active' })]) {
      const revoked = changedBy(revoke(before, stamp));
      const attempts = [
        approve(revoked, stamp),
        confirm(revoked, stamp),
        readmit(revoked, stamp, { until: NOON + 1, reprovision: 'replace' }),
        resolve(revoked, stamp, aKey('thief')),
        quarantine(revoked, stamp),
        release(revoked, stamp),
      ];
      expect(attempts.map(({ outcome }) => outcome)).toEqual(attempts.map(() => 'impossible'));
      expect(revoked.refusedKeys).toEqual([aKey('other')]);
    }
  });

  test('is done once, from every state but the last', () => {
    expect(twice(bound(), (enrollment) => revoke(enrollment, stamp))).toBe('unchanged');
    const impossibleFrom = enrollmentStates.filter((state) => revoke(anEnrollment({ state }), stamp).outcome === 'impossible');
    expect(impossibleFrom).toEqual(['decommissioned']);
  });
});

describe('Decommissioning', () => {
  test('retires every certificate, ends whatever waited, and keeps the record with the key that the serial was bound to', () => {
    const gone = changedBy(decommission(bound({ contender: asking('thief'), candidateKey: aKey('new') }), stamp));
    expect(gone).toMatchObject({
      state: 'decommissioned',
      boundKey: aKey('device'),
      toRetire: [aCertificateId('one'), aCertificateId('two')],
    });
    for (const field of ['contender', 'candidateKey', 'certificateInUse', 'pending', 'approvedKey', 'quarantinedFrom'])
      expect(gone).not.toHaveProperty(field);
    expect(attentionOf(gone)).toBeUndefined();
  });

  test('is done once, from every state', () => {
    expect(twice(bound(), (enrollment) => decommission(enrollment, stamp))).toBe('unchanged');
    const outcomes = enrollmentStates.map((state) => decommission(anEnrollment({ state }), stamp).outcome);
    expect(new Set(outcomes)).toEqual(new Set(['changed', 'unchanged']));
  });
});
