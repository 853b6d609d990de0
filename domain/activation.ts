import type { AuditEvent } from './audit-event.ts';
import { type Enrollment, type IssuedCertificate, without } from './enrollment.ts';
import { follow } from './enrollment-state.ts';
import type { CertificateId } from './identifiers.ts';
import { completeRotation } from './rotation/complete-rotation.ts';
import type { Sighting } from './sighting.ts';

/**
 * What a sighting changes: the enrollment becomes active, or its rotation is complete, and every older certificate it holds is listed
 * to be retired.
 * `undefined` when it changes nothing, which is the case for almost every reconnect.
 */
export const decideActivation = (enrollment: Enrollment, sighting: Sighting): Enrollment | undefined =>
  completeRotation(enrollment, sighting) ?? activate(enrollment, sighting);

const activate = (enrollment: Enrollment, sighting: Sighting): Enrollment | undefined => {
  if (enrollment.certificateInUse === sighting.certificateId) return undefined;
  const seen = enrollment.certificates.find(({ id }) => id === sighting.certificateId);
  if (seen === undefined || enrollment.toRetire.includes(seen.id)) return undefined;
  if (seen.key !== enrollment.boundKey && seen.key !== enrollment.candidateKey) return undefined;
  const standing = follow(enrollment, 'activate');
  if (standing === undefined) return undefined;
  return {
    // A candidate that proved itself is the bound key from now on; one that did not is gone with its certificates, unless it is on its way.
    ...without(enrollment, 'connectsAs', ...(standing.state === 'rotating' ? [] : (['candidateKey'] as const))),
    ...(sighting.connectsAs === undefined ? {} : { connectsAs: sighting.connectsAs }),
    state: standing.state,
    version: enrollment.version + 1,
    boundKey: seen.key,
    certificateInUse: seen.id,
    credentialSince: seen.issuedAt,
    toRetire: [...new Set([...enrollment.toRetire, ...outdatedBy(seen, sighting, enrollment)])],
    lastEvent: { ...identityOf(enrollment, seen), id: sighting.eventId, at: sighting.at, code: 'device.activated' },
  };
};

// Sightings may arrive late and in any order (DG:life-cycle-events). One that is older than a certificate issued since must
// not retire what the device is about to use. Another key's are listed in any case: that key is let in no more.
const outdatedBy = (
  seen: IssuedCertificate,
  { at }: Sighting,
  { certificates, rotation, toRetire }: Enrollment,
): readonly CertificateId[] =>
  certificates
    .filter(({ id }) => id !== seen.id)
    .filter(({ id, correlationId }) => rotation === undefined || correlationId !== rotation.id || toRetire.includes(id))
    .filter((other) => other.key !== seen.key || other.issuedAt <= at || certificates.indexOf(other) < certificates.indexOf(seen))
    .map(({ id }) => id);

/** The enrollment once a certificate of its retire list is out of use. */
export const withoutRetired = (enrollment: Enrollment, retired: CertificateId, event: AuditEvent): Enrollment => ({
  ...enrollment,
  version: enrollment.version + 1,
  certificates: enrollment.certificates.filter(({ id }) => id !== retired),
  toRetire: enrollment.toRetire.filter((id) => id !== retired),
  lastEvent: event,
});

/** The record of a certificate taken out of use. */
export const retirementEvent = (enrollment: Enrollment, retired: CertificateId, stamp: Pick<AuditEvent, 'id' | 'at'>): AuditEvent => ({
  ...identityOf(
    enrollment,
    enrollment.certificates.find(({ id }) => id === retired),
  ),
  ...stamp,
  code: 'certificate.retired',
  certificateId: retired,
});

const identityOf = (enrollment: Enrollment, certificate: IssuedCertificate | undefined) => {
  // The claim connection that the certificate was issued on.
  const correlationId = certificate?.correlationId ?? enrollment.lastEvent.correlationId;
  return {
    schemaVersion: 1 as const,
    actor: { kind: 'service', name: 'activation' } as const,
    line: enrollment.line,
    tenant: enrollment.tenant,
    approach: enrollment.approach,
    serialNumber: enrollment.serialNumber,
    thingName: enrollment.thingName,
    ...(certificate === undefined ? {} : { certificateId: certificate.id }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
};
