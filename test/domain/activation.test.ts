import { decideActivation, retirementEvent, withoutRetired } from '../../domain/activation.ts';
import type { Sighting } from '../../domain/sighting.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import { NOON, aCertificate, anEnrollment, anEvent } from '../builders/enrollment.ts';
import { CLIENT_ID } from '../builders/hook-event.ts';
import { aCertificateId, aKey } from '../builders/identifiers.ts';

const MINUTE_MS = 60_000;

const admitted = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({
    state: 'admitted',
    version: 3,
    boundKey: aKey('device'),
    certificates: [aCertificate('first'), aCertificate('second', { issuedAt: NOON + MINUTE_MS })],
    lastEvent: anEvent({ correlationId: CLIENT_ID }),
    ...more,
  });

const sightingOf = (name: string, at = NOON + 2 * MINUTE_MS): Sighting => ({
  certificateId: aCertificateId(name),
  at,
  eventId: 'session-1',
});

describe('A certificate of the bound key that is seen for the first time', () => {
  const next = decideActivation(admitted(), sightingOf('second'));

  test('activates its enrollment, one version on', () => {
    expect(next).toMatchObject({ state: 'active', version: 4, certificateInUse: aCertificateId('second') });
  });

  test('lists the older certificates to be retired, in the same write', () => {
    expect(next?.toRetire).toEqual([aCertificateId('first')]);
  });

  test('is on record under the id of the connection, with the claim connection that began it', () => {
    expect(next?.lastEvent).toMatchObject({
      id: 'session-1',
      code: 'device.activated',
      correlationId: CLIENT_ID,
      certificateId: aCertificateId('second'),
    });
  });
});

describe('A sighting changes nothing', () => {
  test.each([
    ['when the certificate is the one in use', admitted({ state: 'active', certificateInUse: aCertificateId('second') }), 'second'],
    ['when the enrollment does not hold the certificate', admitted(), 'stranger'],
    ['when the certificate is to be retired', admitted({ toRetire: [aCertificateId('first')] }), 'first'],
    ['when its key is not the bound one', admitted({ boundKey: aKey('another') }), 'second'],
    ['when the device is in quarantine', admitted({ state: 'quarantined', quarantinedFrom: 'admitted' }), 'second'],
    ['when the device is revoked', admitted({ state: 'revoked' }), 'second'],
  ] as const)('%s', (_, enrollment, name) => {
    expect(decideActivation(enrollment, sightingOf(name))).toBeUndefined();
  });
});

describe('Sightings that come late and out of order', () => {
  test('do not retire a certificate that was issued after them', () => {
    const next = decideActivation(admitted(), sightingOf('first', NOON + 1));
    expect(next).toMatchObject({ certificateInUse: aCertificateId('first'), toRetire: [] });
  });

  test('retire a younger certificate that was out already and not used', () => {
    expect(decideActivation(admitted(), sightingOf('first'))?.toRetire).toEqual([aCertificateId('second')]);
  });

  test('end in the same state whichever comes first', () => {
    const early = sightingOf('first', NOON + 1);
    const late = sightingOf('second');
    const inOrder = [early, late].reduce((enrollment, sighting) => decideActivation(enrollment, sighting) ?? enrollment, admitted());
    const reversed = [late, early].reduce((enrollment, sighting) => decideActivation(enrollment, sighting) ?? enrollment, admitted());
    expect([inOrder.certificateInUse, inOrder.toRetire]).toEqual([reversed.certificateInUse, reversed.toRetire]);
  });
});

describe('A candidate key', () => {
  const certificates = [aCertificate('old'), aCertificate('new', { key: aKey('candidate'), issuedAt: NOON + MINUTE_MS })];
  const enrollment = admitted({ state: 'active', certificateInUse: aCertificateId('old'), candidateKey: aKey('candidate'), certificates });

  test('that proves itself by connecting becomes the bound one, and the old certificate is to be retired', () => {
    const next = decideActivation(enrollment, sightingOf('new'));
    expect(next).toMatchObject({ boundKey: aKey('candidate'), toRetire: [aCertificateId('old')] });
    expect(next).not.toHaveProperty('candidateKey');
  });

  test('that did not prove itself before the bound one came back is gone with its certificates', () => {
    const unseen = admitted({ candidateKey: aKey('candidate'), certificates });
    const next = decideActivation(unseen, sightingOf('old', NOON + 1));
    expect(next).toMatchObject({ boundKey: aKey('device'), toRetire: [aCertificateId('new')] });
    expect(next).not.toHaveProperty('candidateKey');
  });
});

test('A retired certificate is on neither list any more, and the write carries the record of it', () => {
  const enrollment = admitted({ state: 'active', toRetire: [aCertificateId('first')] });
  const event = retirementEvent(enrollment, aCertificateId('first'), { id: 'event-9', at: NOON });
  const next = withoutRetired(enrollment, aCertificateId('first'), event);
  expect(next.certificates.map(({ id }) => id)).toEqual([aCertificateId('second')]);
  expect(next).toMatchObject({
    toRetire: [],
    version: 4,
    lastEvent: { code: 'certificate.retired', certificateId: aCertificateId('first') },
  });
});
