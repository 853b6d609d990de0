import * as z from 'zod/mini';
import { decideActivation } from '../../../domain/activation.ts';
import { rotationPrincipalOf } from '../../../domain/connection/principal.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { certificateId } from '../../../domain/identifiers.ts';
import { rotationId } from '../../../domain/rotation/rotation.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { aKey } from '../../builders/identifiers.ts';

const id = z.parse(rotationId, 'muster-sensor-r1');
const inUse = aCertificate('in use');
const spare = aCertificate('spare', { issuedAt: NOON + 1 });
const offered = aCertificate('offered', { key: aKey('next'), correlationId: id, issuedAt: NOON + 2 });

const rotating = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({
    state: 'rotating',
    rotation: { id, startedAt: NOON, until: NOON + 60_000 },
    failedRotations: 2,
    boundKey: aKey('device'),
    candidateKey: aKey('next'),
    certificates: [inUse, spare, offered],
    certificateInUse: inUse.id,
    ...more,
  });

const seen = (principal: string, enrollment = rotating()) =>
  decideActivation(enrollment, { certificateId: z.parse(certificateId, principal), at: NOON + 10, eventId: 'session' });

describe('A rotation', () => {
  test('is complete when the device is seen with what it offered: all else is to be retired', () => {
    const after = seen(offered.id);
    expect(after).toMatchObject({
      ...{ state: 'active', boundKey: aKey('next'), certificateInUse: offered.id, credentialSince: offered.issuedAt },
      ...{ toRetire: [inUse.id, spare.id], lastEvent: { code: 'rotation.completed', id: 'session', rotation: id } },
    });
    expect([after?.rotation, after?.candidateKey, after?.failedRotations]).toEqual([undefined, undefined, undefined]);
  });

  test('goes on when the device is seen with another certificate of the key that it has', () => {
    expect(seen(spare.id)).toMatchObject({ state: 'rotating', rotation: { id }, candidateKey: aKey('next'), toRetire: [inUse.id] });
  });

  test('is not completed by what is to be retired', () => {
    expect(seen(offered.id, rotating({ toRetire: [offered.id] }))).toBeUndefined();
  });

  test('that was withdrawn is not completed any more', () => {
    const { rotation, ...withdrawn } = rotating({ state: 'active', candidateKey: aKey('none'), toRetire: [offered.id] });
    expect([rotation?.id, seen(offered.id, withdrawn)]).toEqual([id, undefined]);
  });
});

describe('A rotation of a device without certificates', () => {
  const rotation = { id, startedAt: NOON, until: NOON + 60_000, next: { keyVersion: '2' } };
  const device = rotating({ certificates: [], requirement: { keyVersion: '1' }, rotation });
  const { thingName } = device;

  test('is complete when an authorizer said that it proved what comes next', () => {
    const after = seen(rotationPrincipalOf(thingName, id), device);
    expect(after).toMatchObject({ state: 'active', requirement: { keyVersion: '2' }, credentialSince: NOON + 10 });
    expect(after?.rotation).toBeUndefined();
  });

  test('is not completed by the word on another rotation, nor before anything was offered', () => {
    const earlier = z.parse(rotationId, 'muster-sensor-r0');
    expect(seen(rotationPrincipalOf(thingName, earlier), device)).toBeUndefined();
    const { next, ...asked } = rotation;
    expect([next, seen(rotationPrincipalOf(thingName, id), { ...device, rotation: asked })]).toEqual([{ keyVersion: '2' }, undefined]);
  });
});
