import * as z from 'zod/mini';
import { principalOf } from '../../../domain/connection/principal.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { type RenewalRequest, judgeCertificateRenewal, refusalOfRenewal } from '../../../domain/rotation/judge-renewal.ts';
import { rotationId } from '../../../domain/rotation/rotation.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { aKey, aSerial } from '../../builders/identifiers.ts';

const id = z.parse(rotationId, 'muster-sensor-r1');
const another = z.parse(rotationId, 'muster-sensor-r0');
const inUse = aCertificate('in use');
const retired = aCertificate('retired');
const offered = aCertificate('offered', { key: aKey('next'), correlationId: id });

const rotating = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({
    state: 'rotating',
    rotation: { id, startedAt: NOON, until: NOON + 60_000 },
    boundKey: aKey('device'),
    candidateKey: aKey('next'),
    certificates: [inUse, retired, offered],
    certificateInUse: inUse.id,
    toRetire: [retired.id],
    ...more,
  });

const refusal = (request: Partial<RenewalRequest>, enrollment = rotating()) => {
  const { line, serialNumber, approach } = enrollment;
  return refusalOfRenewal(enrollment, { rotation: id, principal: inUse.id, line, serialNumber, approach, at: NOON + 1, ...request });
};

describe('Who asks for another credential', () => {
  test('is heard with the certificate in use, for the rotation that is under way', () => {
    expect(refusal({})).toBeUndefined();
  });

  test.each<[string, Partial<RenewalRequest>, string]>([
    ['another rotation, e.g. a job replayed', { rotation: another }, 'no-such-rotation'],
    ['when it is over', { at: NOON + 60_000 }, 'rotation-over'],
    ['with what this rotation offered', { principal: offered.id }, 'not-the-credential-in-use'],
    ['with a certificate that is to be retired', { principal: retired.id }, 'not-the-credential-in-use'],
    ['with somebody else’s certificate', { principal: aCertificate('other').id }, 'not-the-credential-in-use'],
    ['as another device', { serialNumber: aSerial('SN-OTHER') }, 'unknown-serial'],
    ['by another approach', { approach: 'psk' }, 'another-approach'],
  ])('is refused: %s', (_, request, reason) => {
    expect(refusal(request)).toBe(reason);
  });

  test.each([
    ['active', 'no-such-rotation'],
    ['quarantined', 'quarantined'],
    ['revoked', 'revoked'],
    ['decommissioned', 'decommissioned'],
  ] as const)('is refused while the device is %s', (state, reason) => {
    expect(refusal({}, rotating({ state }))).toBe(reason);
  });

  test('is the device itself where it has no certificate and an authorizer said so', () => {
    const enrollment = rotating({ certificates: [] });
    expect(refusal({ principal: principalOf(enrollment.thingName) }, enrollment)).toBeUndefined();
    expect(refusal({ principal: inUse.id }, enrollment)).toBe('not-the-credential-in-use');
  });
});

describe('A key', () => {
  const judge = (key: string, enrollment = rotating(), sameKey = false) => judgeCertificateRenewal(enrollment, aKey(key), { sameKey });

  test('that is new gets a certificate', () => {
    expect(judge('newer')).toEqual({ ruling: 'issue' });
  });

  test('whose answer was lost gets the same again, unless that is to be retired', () => {
    expect(judge('next')).toEqual({ ruling: 'again', certificate: offered });
    expect(judge('next', rotating({ toRetire: [offered.id] }))).toEqual({ ruling: 'issue' });
  });

  test('that is in use gets one only on a line whose devices may keep their key', () => {
    expect(judge('device')).toEqual({ ruling: 'refuse', reason: 'key-not-new' });
    expect(judge('device', rotating(), true)).toEqual({ ruling: 'issue' });
  });

  test('that an operator ruled out gets none', () => {
    expect(judge('thief', rotating({ refusedKeys: [aKey('thief')] }))).toEqual({ ruling: 'refuse', reason: 'refused-key' });
  });

  test('gets none where this rotation came to five', () => {
    const certificates = [1, 2, 3, 4, 5].map((n) => aCertificate(`offer ${n}`, { key: aKey(`key ${n}`), correlationId: id }));
    expect(judge('sixth', rotating({ certificates }))).toEqual({ ruling: 'refuse', reason: 'too-many-certificates' });
  });
});
