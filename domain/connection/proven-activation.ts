import type { AuditEvent } from '../audit-event.ts';
import { type Enrollment, without } from '../enrollment.ts';
import { follow } from '../enrollment-state.ts';

/** A device seen in a `connected` lifecycle event as whom an authorizer said it is. */
export interface ProvenSighting {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly eventId: string;
  /** The client id, where it is neither its thing's name nor one that AWS IoT assigned. */
  readonly connectsAs?: string;
}

/**
 * What such a sighting changes: a device that holds no certificate is active from now on. `undefined` when it changes
 * nothing, which is the case for every reconnect.
 */
export const decideProvenActivation = (enrollment: Enrollment, { at, eventId, connectsAs }: ProvenSighting): Enrollment | undefined => {
  if (enrollment.certificates.length > 0 || isWithoutProof(enrollment)) return undefined;
  const standing = follow(enrollment, 'prove');
  if (standing === undefined) return undefined;
  return {
    ...without(enrollment, 'connectsAs'),
    state: standing.state,
    version: enrollment.version + 1,
    credentialSince: at,
    ...(connectsAs === undefined ? {} : { connectsAs }),
    lastEvent: activationOf(enrollment, { id: eventId, at }),
  };
};

const isWithoutProof = ({ isChangingHands, awaitsProof }: Enrollment): boolean => isChangingHands === true || awaitsProof === true;

const activationOf = (enrollment: Enrollment, stamp: Pick<AuditEvent, 'id' | 'at'>): AuditEvent => {
  const { line, tenant, approach, serialNumber, thingName, lastProof } = enrollment;
  return {
    ...{ schemaVersion: 1, ...stamp, code: 'device.activated', actor: { kind: 'service', name: 'activation' } },
    ...{ line, tenant, approach, serialNumber, thingName },
    // The connection that its last proof opened: a lifecycle event does not say which decision let it happen.
    ...(lastProof === undefined ? {} : { correlationId: lastProof.connectionId }),
  };
};
