import { contested, held, letIn } from './admission-changes.ts';
import { refuse } from '../admission.ts';
import type { Arrival } from './admission-request.ts';
import { type Allocation, allocate } from './allocation.ts';
import type { AuditEvent } from '../audit-event.ts';
import { judgeDevice, refusalOfEnrollment, withoutLookAlike } from './device-judgement.ts';
import type { Enrollment } from '../enrollment.ts';
import type { CertificateId, KeyDigest } from '../identifiers.ts';
import type { ReasonCode } from '../reason-code.ts';

/** A device that is let in, and where it is put. */
export interface UnclaimedAdmission {
  readonly verdict: 'admit';
  readonly enrollment: Enrollment;
  readonly allocation: Allocation;
  /** False where the table says so already: then what follows at AWS IoT may have been cut short. */
  readonly isNew: boolean;
}

export interface UnclaimedRefusal {
  readonly verdict: 'refuse';
  readonly reason: ReasonCode;
  readonly event: AuditEvent;
  /** The enrollment one version on, where who was refused must be remembered. */
  readonly write?: Enrollment;
}

export type UnclaimedVerdict = UnclaimedAdmission | UnclaimedRefusal;

/**
 * Admits a device that comes with a certificate of its own and no claim, by the same judgement as one that comes by claim.
 * There is no quota: such a certificate is the device's alone. Pure.
 */
export const decideUnclaimed = (asked: Arrival): UnclaimedVerdict => {
  const arrival = withoutLookAlike(asked);
  const { enrollment } = arrival;
  if (enrollment === undefined) return refuseArrival(arrival, 'unknown-serial');
  const allocation = allocate(arrival.settings.allocation, enrollment.attributes);
  if (isIn(arrival, enrollment)) return { verdict: 'admit', enrollment, allocation, isNew: false };
  const judgement = judgeDevice(arrival, enrollment);
  if (judgement.ruling === 'refuse') return refuseArrival(arrival, judgement.reason, judgement.key);
  const { key } = judgement.evidence;
  switch (judgement.ruling) {
    case 'contest':
      return { ...refuseArrival(arrival, 'bound-to-another-key', key), write: contested(arrival, enrollment, key) };
    case 'hold':
      return { ...refuseArrival(arrival, 'pending-approval', key), write: held(arrival, enrollment, judgement.evidence) };
    case 'admit':
    case 'admit-candidate':
      return { verdict: 'admit', enrollment: letIn(arrival, enrollment, judgement), allocation, isNew: true };
  }
};

// The certificate stands in the record since it was let in, and an operator has not ruled otherwise since.
const isIn = (arrival: Arrival, enrollment: Enrollment): boolean =>
  refusalOfEnrollment(enrollment, arrival) === undefined && holds(enrollment, arrival.certificateId);

const holds = ({ certificates, toRetire, boundKey, candidateKey }: Enrollment, certificateId: CertificateId): boolean =>
  certificates.some(({ id, key }) => id === certificateId && !toRetire.includes(id) && (key === boundKey || key === candidateKey));

const refuseArrival = (arrival: Arrival, reason: ReasonCode, key?: KeyDigest): UnclaimedRefusal => {
  const { event } = refuse(arrival, reason, key);
  return { verdict: 'refuse', reason, event };
};
