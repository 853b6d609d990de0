import { type IssuanceRequest, refusalOfIssuance } from '../../../domain/issuance/judge-issuance.ts';
import { aClaim } from '../../builders/claim.ts';
import { aCertificate, anEnrollment, NOON } from '../../builders/enrollment.ts';
import { aCertificateId, aClaimName, aKey, aLine, aSerial } from '../../builders/identifiers.ts';
import { aLineSettings } from '../../builders/line-settings.ts';

const key = aKey('device');

/** A request under a claim for a device that may come in. */
const aRequest = (more: Partial<IssuanceRequest> = {}): IssuanceRequest => ({
  at: NOON,
  principal: aCertificateId('claim'),
  commonName: 'SN-1',
  key,
  settings: aLineSettings(),
  approach: 'pki',
  claim: aClaim(),
  enrollment: anEnrollment(),
  foresee: () => ({ accepted: true, key, attestation: 'pinned-key' }),
  ...more,
});

/** A request of a device that is in, on a connection of its own. */
const ofDevice = (more: Partial<IssuanceRequest> = {}): IssuanceRequest =>
  aRequest({
    principal: aCertificateId('own'),
    claim: undefined,
    enrollment: anEnrollment({ state: 'active', boundKey: key, certificates: [aCertificate('own')] }),
    ...more,
  });

const unforgiving: IssuanceRequest['foresee'] = () => ({ accepted: false, reason: 'not-the-pinned-key' });
const bound = { state: 'active', boundKey: key } as const;

describe('A certificate is issued', () => {
  test.each([
    ['for a device that may come in', {}],
    ['for one that waits for nobody’s yes any more', { enrollment: anEnrollment({ state: 'pending', approvedKey: key }) }],
    [
      'for the first key on a line that wants approval, which the admission puts on record',
      { settings: aLineSettings({ approval: 'operator' }) },
    ],
    [
      'for another key than the bound one once, which the admission puts on record',
      { enrollment: anEnrollment({ state: 'active', boundKey: aKey('other') }) },
    ],
    [
      'for a device that returns, though its claim is used up',
      { claim: aClaim({ quota: 1, admitted: 1 }), enrollment: anEnrollment({ ...bound, countedAgainst: aClaimName() }) },
    ],
  ] as const)('%s', (_, more) => {
    expect(refusalOfIssuance(aRequest(more))).toBeUndefined();
  });

  test('for a device that is in and asks by itself', () => {
    expect(refusalOfIssuance(ofDevice())).toBeUndefined();
  });
});

describe('No certificate is issued', () => {
  test.each([
    ['under a claim that is closed', 'claim-closed', { claim: aClaim({ state: 'closed' }) }],
    ['under a claim that has expired', 'claim-expired', { claim: aClaim({ expiresAt: NOON }) }],
    ['under a claim that is used up', 'claim-quota-exhausted', { claim: aClaim({ quota: 1, admitted: 1 }) }],
    [
      'outside of what the claim covers',
      'serial-outside-claim',
      { claim: aClaim({ range: { from: aSerial('SN-2'), to: aSerial('SN-3') } }) },
    ],
    ['for who is not enrolled', 'unknown-serial', { enrollment: undefined }],
    ['for a look-alike', 'unknown-serial', { commonName: 'sn-1' }],
    ['for a device of another line', 'unknown-serial', { enrollment: anEnrollment({ line: aLine('gateway') }) }],
    ['for a device that has no certificates', 'another-approach', { enrollment: anEnrollment({ approach: 'psk' }) }],
    ['for a device in quarantine', 'quarantined', { enrollment: anEnrollment({ state: 'quarantined', quarantinedFrom: 'active' }) }],
    ['for a device that was revoked', 'revoked', { enrollment: anEnrollment({ state: 'revoked' }) }],
    ['for a device that was decommissioned', 'decommissioned', { enrollment: anEnrollment({ state: 'decommissioned' }) }],
    ['for a device that changes hands', 'changing-hands', { enrollment: anEnrollment({ isChangingHands: true }) }],
    ['for a key that was ruled out', 'refused-key', { enrollment: anEnrollment({ refusedKeys: [key] }) }],
    [
      'for a key that waits for an operator’s yes',
      'pending-approval',
      {
        settings: aLineSettings({ approval: 'operator' }),
        enrollment: anEnrollment({ state: 'pending', pending: { key, at: NOON, correlationId: 'c' } }),
      },
    ],
    [
      'for a key that another one contends with already',
      'bound-to-another-key',
      { enrollment: anEnrollment({ ...bound, boundKey: aKey('other'), contender: { key: aKey('third'), at: NOON, correlationId: 'c' } }) },
    ],
    [
      'for a device with five that nobody saw',
      'too-many-certificates',
      { enrollment: anEnrollment({ ...bound, certificates: ['1', '2', '3', '4', '5'].map((name) => aCertificate(name)) }) },
    ],
    ['for a key that no evidence can make good', 'not-the-pinned-key', { foresee: unforgiving }],
  ] as const)('%s: %s', (_, reason, more) => {
    expect(refusalOfIssuance(aRequest(more))).toBe(reason);
  });

  test.each([
    ['on a connection of another device', 'unknown-principal', { principal: aCertificateId('another’s') }],
    ['for another device than the one that asks', 'unknown-serial', { commonName: 'SN-2' }],
    [
      'on a certificate that is to be retired',
      'unknown-principal',
      { enrollment: anEnrollment({ ...bound, certificates: [aCertificate('own')], toRetire: [aCertificateId('own')] }) },
    ],
    ['for one in quarantine', 'quarantined', { enrollment: anEnrollment({ state: 'quarantined', certificates: [aCertificate('own')] }) }],
    [
      'for a key that was ruled out',
      'refused-key',
      { enrollment: anEnrollment({ ...bound, certificates: [aCertificate('own')], refusedKeys: [key] }) },
    ],
  ] as const)('to a device that asks by itself %s: %s', (_, reason, more) => {
    expect(refusalOfIssuance(ofDevice(more))).toBe(reason);
  });
});
