import { openRecovery, useRecovery } from '../../../domain/changes/recover.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { refusalOfClaim, isWithinClaim } from '../../../domain/claim.ts';
import { certificateId, claimName } from '../../../domain/identifiers.ts';
import { refusalOfRecovery } from '../../../domain/recovery/judge-recovery.ts';
import { recoveryClaimOf, recoveryPrincipalOf } from '../../../domain/recovery/recovery-connection.ts';
import { ticketDigestOf } from '../../../domain/recovery/recovery-ticket.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { aKey, aSerial } from '../../builders/identifiers.ts';

const HOUR_MS = 3_600_000;
const TICKET = 'T'.repeat(43);
const recovery = { ticket: ticketDigestOf(TICKET), until: NOON + HOUR_MS };

const active = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({ state: 'active', boundKey: aKey('device'), certificates: [aCertificate('one')], ...more });

const stamp = { id: 'event', at: NOON, actor: { kind: 'operator', arn: 'arn:aws:iam::111122223333:user/ann' } } as const;

describe('A way back', () => {
  test('is opened for the key that the serial is bound to, and closed by its use', () => {
    const opened = openRecovery(active(), stamp, recovery);
    if (opened.outcome !== 'changed') throw new Error('It was not opened.');
    expect(opened.enrollment).toMatchObject({
      recovery,
      state: 'active',
      lastEvent: { code: 'device.recovery-opened', keyDigest: aKey('device') },
    });
    const used = useRecovery(opened.enrollment, { ...stamp, actor: { kind: 'device' } }, 'client');
    if (used.outcome !== 'changed') throw new Error('It was not used.');
    expect(used.enrollment).not.toHaveProperty('recovery');
    expect(used.enrollment.lastEvent).toMatchObject({ code: 'device.recovery-used', correlationId: 'client', actor: { kind: 'device' } });
  });

  test.each([
    ['has no certificates', active({ approach: 'psk' })],
    ['is bound to no key', anEnrollment()],
    ['is in quarantine', active({ state: 'quarantined', quarantinedFrom: 'active' })],
    ['was revoked', active({ state: 'revoked' })],
  ])('is not opened for a device that %s', (_, enrollment) => {
    expect(openRecovery(enrollment, stamp, recovery).outcome).toBe('impossible');
  });
});

const good = { ticket: TICKET, at: NOON, signer: aKey('device') };

describe('A ticket', () => {
  test('is good for the device that it was made for, with its key, at about the right time', () => {
    expect(refusalOfRecovery(active({ recovery }), good, NOON)).toBeUndefined();
    expect(refusalOfRecovery(active({ recovery }), { ...good, at: NOON - 600_000 }, NOON)).toBeUndefined();
  });

  test.each([
    ['of a device that nobody enrolled', undefined, good, NOON, 'unknown-serial'],
    ['of a device that was revoked', active({ recovery, state: 'revoked' }), good, NOON, 'revoked'],
    ['of a device in quarantine', active({ recovery, state: 'quarantined', quarantinedFrom: 'active' }), good, NOON, 'quarantined'],
    ['of a device that changes hands', active({ recovery, isChangingHands: true }), good, NOON, 'changing-hands'],
    ['of a device without certificates', active({ recovery, approach: 'psk' }), good, NOON, 'another-approach'],
    ['that was used', active(), good, NOON, 'no-open-recovery'],
    ['that is another', active({ recovery }), { ...good, ticket: 'U'.repeat(43) }, NOON, 'no-open-recovery'],
    ['that is over', active({ recovery }), good, NOON + HOUR_MS, 'no-open-recovery'],
    ['with the key of another', active({ recovery }), { ...good, signer: aKey('other') }, NOON, 'evidence-refused'],
    ['that nobody signed', active({ recovery }), { ...good, signer: undefined }, NOON, 'evidence-refused'],
    ['of a device whose clock stands in 1970', active({ recovery }), { ...good, at: 0 }, NOON, 'proof-outside-its-time'],
    ['of a device whose clock stands in 2106', active({ recovery }), { ...good, at: 2 ** 32 * 1_000 }, NOON, 'proof-outside-its-time'],
  ] as const)('%s opens nothing', (_, enrollment, presented, at, reason) => {
    expect(refusalOfRecovery(enrollment, presented, at)).toBe(reason);
  });

  test('is not kept: its digest is', () => {
    expect(recovery.ticket).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('The claim that a ticket opens', () => {
  const claim = recoveryClaimOf(active(), { clientId: 'muster-claim-sensor-1', at: NOON });

  test('is for one serial and five minutes, and has names of the form that claims have', () => {
    expect(refusalOfClaim(claim, active().line, NOON)).toBeUndefined();
    expect(refusalOfClaim(claim, active().line, NOON + 300_000)).toBe('claim-expired');
    expect(isWithinClaim(claim, active().serialNumber, active())).toBe(true);
    expect(isWithinClaim(claim, aSerial('SN-2'), undefined)).toBe(false);
    expect([claimName.parse(claim.name), certificateId.parse(claim.certificateId)]).toEqual([claim.name, claim.certificateId]);
  });

  test('is another for each connection', () => {
    expect(recoveryPrincipalOf('one')).not.toBe(recoveryPrincipalOf('other'));
  });
});
