import type { AuditEvent } from '../audit-event.ts';
import type { Enrollment, IssuedCertificate } from '../enrollment.ts';
import { rotationEvent } from './rotation-event.ts';

/** What an event is known by. */
type Stamp = Pick<AuditEvent, 'id' | 'at'>;

/**
 * The enrollment with a certificate that its rotation offers. A device that comes with another key has lost the one before: what that
 * was given is to be retired.
 */
export const withOfferedCertificate = (
  enrollment: Enrollment,
  certificate: Omit<IssuedCertificate, 'correlationId'>,
  stamp: Stamp,
): Enrollment => {
  const { rotation, certificates, toRetire } = enrollment;
  if (rotation === undefined) throw new Error('A certificate is offered by a rotation.');
  const lost = certificates.filter(({ correlationId, key }) => correlationId === rotation.id && key !== certificate.key);
  return {
    ...enrollment,
    version: enrollment.version + 1,
    candidateKey: certificate.key,
    certificates: [...certificates, { ...certificate, correlationId: rotation.id }],
    toRetire: [...new Set([...toRetire, ...lost.map(({ id }) => id)])],
    lastEvent: rotationEvent(enrollment, 'rotation.offered', { ...stamp, certificateId: certificate.id, keyDigest: certificate.key }),
  };
};

/** The enrollment of a device without certificates, with what it must prove once its rotation is complete. */
export const withOfferedRequirement = (enrollment: Enrollment, next: Enrollment['requirement'], stamp: Stamp): Enrollment => {
  const { rotation } = enrollment;
  if (rotation === undefined) throw new Error('A requirement is offered by a rotation.');
  return {
    ...enrollment,
    version: enrollment.version + 1,
    rotation: { ...rotation, next },
    lastEvent: rotationEvent(enrollment, 'rotation.offered', stamp),
  };
};
