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

/** AWS IoT waits five seconds for an authorizer; the rest is for clocks that differ. */
export const JUDGED_BEFORE_MS = 10_000;

/**
 * Whether an authorizer may have let a device in for its former owner, as one that is seen at this time and was given away: nothing has
 * let anybody in since, or it was judged about then.
 * @param at milliseconds since the epoch
 */
export const isFormerOwners = ({ isChangingHands, awaitsProof, ...enrollment }: Enrollment, at: number): boolean => {
  const { firstKeyVersion = 0, lastProof, lastEvent } = enrollment;
  const hasNoneSince = isChangingHands === true || awaitsProof === true || (lastProof?.keyVersion ?? 0) < firstKeyVersion;
  return hasNoneSince || (lastEvent.code === 'device.transferred-with-proof' && at < lastEvent.at + JUDGED_BEFORE_MS);
};

/**
 * What such a sighting changes: a device that holds no certificate is active from now on. `undefined` when it changes
 * nothing, which is the case for every reconnect.
 */
export const decideProvenActivation = (enrollment: Enrollment, { at, eventId, connectsAs }: ProvenSighting): Enrollment | undefined => {
  if (enrollment.certificates.length > 0 || isFormerOwners(enrollment, at)) return undefined;
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

const activationOf = (enrollment: Enrollment, stamp: Pick<AuditEvent, 'id' | 'at'>): AuditEvent => {
  const { line, tenant, approach, serialNumber, thingName, lastProof } = enrollment;
  return {
    ...{ schemaVersion: 1, ...stamp, code: 'device.activated', actor: { kind: 'service', name: 'activation' } },
    ...{ line, tenant, approach, serialNumber, thingName },
    // The connection that its last proof opened: a lifecycle event does not say which decision let it happen.
    ...(lastProof === undefined ? {} : { correlationId: lastProof.connectionId }),
  };
};
