import { type Allocation, allocate } from './admission/allocation.ts';
import { contested, held, letIn } from './admission/admission-changes.ts';
import { admissionEvent } from './admission/admission-event.ts';
import type { AdmissionRequest, RefusedRequest } from './admission/admission-request.ts';
import type { AuditEvent } from './audit-event.ts';
import { type Claim, hasQuotaLeft, isWithinClaim, refusalOfClaim } from './claim.ts';
import { type Judgement, judgeDevice, withoutLookAlike } from './admission/device-judgement.ts';
import type { Enrollment } from './enrollment.ts';
import type { KeyDigest } from './identifiers.ts';
import type { ReasonCode } from './reason-code.ts';

/** What a decision changes. All of it is written together or nothing is. */
export interface AdmissionWrite {
  /** The enrollment one version on. */
  readonly enrollment: Enrollment;
  readonly claim: Claim;
  /** True when this serial is the claim's for the first time and costs it one of its quota. */
  readonly costsQuota: boolean;
}

export interface Admission extends AdmissionWrite {
  readonly verdict: 'admit';
  readonly allocation: Allocation;
  readonly event: AuditEvent;
}

export interface Refusal {
  readonly verdict: 'refuse';
  readonly reason: ReasonCode;
  readonly event: AuditEvent;
  /** What must be remembered of who was refused, with an event of its own: the first time that they came, and never again. */
  readonly write?: AdmissionWrite;
}

export type Verdict = Admission | Refusal;

/** Admits a serial to one key, or says why not. Pure: the same request always gets the same verdict. */
export const decideAdmission = (asked: AdmissionRequest): Verdict => {
  const request = withoutLookAlike(asked);
  const { claim, enrollment } = request;
  if (claim === undefined) return refuse(request, 'unknown-claim');
  const claimRefusal = refusalOfClaim(claim, request.line, request.at);
  if (claimRefusal !== undefined) return refuse(request, claimRefusal);
  if (!isWithinClaim(claim, request.serialNumber, enrollment)) return refuse(request, 'serial-outside-claim');
  if (enrollment === undefined) return refuse(request, 'unknown-serial');
  if (comesBackByOne(request, claim, enrollment)) return refuse(request, 'no-open-recovery');
  return verdictOf(request, { claim, enrollment, judgement: judgeDevice(request, enrollment) });
};

// A technician makes a claim alone. That of a batch was the factory's, and a device that was never seen in use has nothing to lose.
const comesBackByOne = ({ settings, at }: AdmissionRequest, { technician }: Claim, { certificateInUse, recovery }: Enrollment): boolean =>
  settings.returnsByTwo === true &&
  technician !== undefined &&
  certificateInUse !== undefined &&
  (recovery === undefined || at >= recovery.until);

interface Judged {
  readonly claim: Claim;
  readonly enrollment: Enrollment;
  readonly judgement: Judgement;
}

const verdictOf = (request: AdmissionRequest, { claim, enrollment, judgement }: Judged): Verdict => {
  if (judgement.ruling === 'refuse') return refuse(request, judgement.reason, judgement.key);
  const { key } = judgement.evidence;
  if (judgement.ruling === 'contest') {
    const write = { enrollment: contested(request, enrollment, key), claim, costsQuota: false };
    return { ...refuse(request, 'bound-to-another-key', key), write };
  }
  // One that waits for approval is counted, too: a claim that leaked can make no more devices wait than it could let in.
  const costsQuota = enrollment.countedAgainst === undefined;
  if (costsQuota && !hasQuotaLeft(claim)) return refuse(request, 'claim-quota-exhausted', key);
  const counted = { ...enrollment, countedAgainst: enrollment.countedAgainst ?? claim.name };
  if (judgement.ruling === 'hold') {
    const write = { enrollment: held(request, counted, judgement.evidence), claim, costsQuota };
    return { ...refuse(request, 'pending-approval', key), write };
  }
  const next = letIn(request, counted, judgement);
  const allocation = allocate(request.settings.allocation, enrollment.attributes);
  return { verdict: 'admit', enrollment: next, claim, costsQuota, allocation, event: next.lastEvent };
};

/** A refusal, also for a reason found outside the rules above: a request that cannot be read, a deadline, a lost race. */
export const refuse = (request: RefusedRequest, reason: ReasonCode, key?: KeyDigest): Refusal => ({
  verdict: 'refuse',
  reason,
  event: admissionEvent(request, 'admission.refused', { reason, ...keysOf(request, reason, key) }),
});

const keysOf = ({ enrollment }: RefusedRequest, reason: ReasonCode, key: KeyDigest | undefined): Partial<AuditEvent> => {
  if (key === undefined) return {};
  const holder = enrollment?.boundKey ?? enrollment?.pending?.key;
  return reason === 'bound-to-another-key' && holder !== undefined ? { keyDigest: key, boundKeyDigest: holder } : { keyDigest: key };
};
