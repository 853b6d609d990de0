import { rotationPrincipalOf } from '../connection/principal.ts';
import { type Enrollment, type IssuedCertificate, without } from '../enrollment.ts';
import type { Sighting } from '../sighting.ts';
import { rotationEvent } from './rotation-event.ts';

/**
 * What completes a rotation: a connection with what it offered, and nothing else. From then on that is the device's credential, and
 * all that it had before is to be retired. `undefined` where the sighting shows no such thing.
 */
export const completeRotation = (enrollment: Enrollment, sighting: Sighting): Enrollment | undefined => {
  if (enrollment.state !== 'rotating' || enrollment.rotation === undefined) return undefined;
  const { rotation, certificates, toRetire, thingName } = enrollment;
  const seen = certificates.find(({ id }) => id === sighting.certificateId);
  if (seen !== undefined)
    return seen.correlationId === rotation.id && !toRetire.includes(seen.id) ? withCertificate(enrollment, seen, sighting) : undefined;
  // What an authorizer calls a device has the form of a certificate's id.
  const isProven = rotation.next !== undefined && sighting.certificateId === rotationPrincipalOf(thingName, rotation.id);
  return isProven ? { ...completed(enrollment, sighting), requirement: rotation.next, credentialSince: sighting.at } : undefined;
};

const withCertificate = (enrollment: Enrollment, seen: IssuedCertificate, sighting: Sighting): Enrollment => ({
  ...completed(enrollment, sighting, seen),
  boundKey: seen.key,
  certificateInUse: seen.id,
  credentialSince: seen.issuedAt,
  toRetire: enrollment.certificates.filter(({ id }) => id !== seen.id).map(({ id }) => id),
});

const completed = (enrollment: Enrollment, { at, eventId, connectsAs }: Sighting, seen?: IssuedCertificate): Enrollment => ({
  ...without(enrollment, 'rotation', 'candidateKey', 'failedRotations', 'connectsAs'),
  ...(connectsAs === undefined ? {} : { connectsAs }),
  state: 'active',
  version: enrollment.version + 1,
  lastEvent: rotationEvent(enrollment, 'rotation.completed', {
    id: eventId,
    at,
    actor: { kind: 'service', name: 'activation' },
    ...(seen === undefined ? {} : { certificateId: seen.id, keyDigest: seen.key }),
  }),
});
