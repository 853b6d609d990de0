import type { Attestation } from './attestation.ts';
import { type AuditEvent, type AuditCode } from './audit-event.ts';
import { type Claim, hasQuotaLeft, refusalOfClaim } from './claim.ts';
import type { Enrollment } from './enrollment.ts';
import { type EnrollmentState, follow } from './enrollment-state.ts';
import type { CertificateId, KeyDigest, LineName, ThingName } from './identifiers.ts';
import type { ReasonCode } from './reason-code.ts';
import type { SerialNumber } from './serial-number.ts';

/** How many certificates of the bound key may be out before one of them is seen in use. */
export const MAX_UNSEEN_CERTIFICATES = 5;

/** What an approach's `verify` says of the evidence: the key that was proven and by what, or why it does not count. */
export type Verification = AcceptedEvidence | { readonly accepted: false; readonly reason: ReasonCode };

export interface AcceptedEvidence {
  readonly accepted: true;
  readonly key: KeyDigest;
  /** The strongest that was proven with it. */
  readonly attestation: Attestation;
  /** What the enrollment must ask for from now on, where the evidence changed that: a code that was used. */
  readonly requirement?: Enrollment['requirement'];
}

/** A device's request to be let in, with everything the decision may depend on. */
export interface AdmissionRequest {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly eventId: string;
  /** The client id of the claim connection. */
  readonly correlationId: string;
  readonly line: LineName;
  readonly serialNumber: SerialNumber;
  readonly thingName: ThingName;
  /** The approach whose entry point received the request. */
  readonly approach: string;
  /** The certificate that was issued for the device's CSR and waits to be activated. */
  readonly certificateId: CertificateId;
  readonly claimCertificateId: CertificateId;
  readonly claim: Claim | undefined;
  readonly enrollment: Enrollment | undefined;
  /** Judges the evidence against what this enrollment must prove. */
  readonly verify: (requirement: Enrollment['requirement']) => Verification;
}

export interface Admission {
  readonly verdict: 'admit';
  /** The enrollment as it must be written, one version on. */
  readonly enrollment: Enrollment;
  readonly claim: Claim;
  /** True when this serial is the claim's for the first time and costs it one of its quota. */
  readonly costsQuota: boolean;
  readonly event: AuditEvent;
}

export interface Refusal {
  readonly verdict: 'refuse';
  readonly reason: ReasonCode;
  readonly event: AuditEvent;
}

export type Verdict = Admission | Refusal;

const refusingStates: Partial<Record<EnrollmentState, ReasonCode>> = {
  pending: 'pending-approval',
  quarantined: 'quarantined',
  revoked: 'revoked',
  decommissioned: 'decommissioned',
};

/** Admits a serial to one key, or says why not. Pure: the same request always gets the same verdict. */
export const decideAdmission = (request: AdmissionRequest): Verdict => {
  const { claim, enrollment } = request;
  if (claim === undefined) return refuse(request, 'unknown-claim');
  const claimRefusal = refusalOfClaim(claim, request.line, request.at);
  if (claimRefusal !== undefined) return refuse(request, claimRefusal);
  if (enrollment === undefined) return refuse(request, 'unknown-serial');
  const enrollmentRefusal = refusalOfEnrollment(enrollment, request);
  if (enrollmentRefusal !== undefined) return refuse(request, enrollmentRefusal);
  const verification = request.verify(enrollment.requirement);
  if (!verification.accepted) return refuse(request, verification.reason);
  return bind(request, { claim, enrollment, key: verification.key });
};

/** Why a device may not come in as this enrollment, before its evidence is judged, or `undefined` when it may. */
export const refusalOfEnrollment = (
  enrollment: Enrollment,
  device: Pick<AdmissionRequest, 'line' | 'serialNumber' | 'approach'>,
): ReasonCode | undefined => {
  if (!isSameDevice(enrollment, device)) return 'unknown-serial';
  if (enrollment.approach !== device.approach) return 'another-approach';
  return refusingStates[enrollment.state];
};

// The thing name is injective, but an imported record is still evidence to be checked, not to be trusted.
const isSameDevice = (enrollment: Enrollment, device: Pick<AdmissionRequest, 'line' | 'serialNumber'>): boolean =>
  enrollment.line === device.line && enrollment.serialNumber === device.serialNumber;

interface Candidate {
  readonly claim: Claim;
  readonly enrollment: Enrollment;
  readonly key: KeyDigest;
}

const bind = (request: AdmissionRequest, { claim, enrollment, key }: Candidate): Admission | Refusal => {
  const keyRefusal = refusalOfKey(enrollment, key);
  if (keyRefusal !== undefined) return refuse(request, keyRefusal, key);
  const costsQuota = enrollment.countedAgainst === undefined;
  if (costsQuota && !hasQuotaLeft(claim)) return refuse(request, 'claim-quota-exhausted', key);
  const standing = follow(enrollment, 'admit');
  if (standing === undefined) return refuse(request, 'internal-error', key);
  const event = eventOf(request, 'admission.granted', { keyDigest: key });
  const next: Enrollment = {
    ...enrollment,
    state: standing.state,
    version: enrollment.version + 1,
    boundKey: enrollment.boundKey ?? key,
    countedAgainst: enrollment.countedAgainst ?? claim.name,
    certificates: [...enrollment.certificates, { id: request.certificateId, key, issuedAt: request.at }],
    lastEvent: event,
  };
  return { verdict: 'admit', enrollment: next, claim, costsQuota, event };
};

const refusalOfKey = (enrollment: Enrollment, key: KeyDigest): ReasonCode | undefined => {
  const isKnown = enrollment.boundKey === undefined || key === enrollment.boundKey || key === enrollment.candidateKey;
  if (!isKnown) return 'bound-to-another-key';
  const unseen = enrollment.certificates.filter(({ id }) => id !== enrollment.certificateInUse && !enrollment.toRetire.includes(id));
  return unseen.length >= MAX_UNSEEN_CERTIFICATES ? 'too-many-certificates' : undefined;
};

/** A refusal for a reason found outside the rules above: a request that cannot be read, a deadline, a lost race. */
export const refuse = (request: RefusedRequest, reason: ReasonCode, key?: KeyDigest): Refusal => ({
  verdict: 'refuse',
  reason,
  event: { ...eventOf(request, 'admission.refused', key === undefined ? {} : { keyDigest: key }), reason },
});

/** What can be said of a request even when it could not be understood. */
export type RefusedRequest = Pick<AdmissionRequest, 'at' | 'eventId' | 'correlationId'> & Partial<AdmissionRequest>;

const eventOf = (request: RefusedRequest, code: AuditCode, more: Partial<AuditEvent>): AuditEvent => ({
  schemaVersion: 1,
  id: request.eventId,
  at: request.at,
  code,
  actor: { kind: 'device' },
  correlationId: request.correlationId,
  ...defined('line', request.line),
  ...defined('serialNumber', request.serialNumber),
  ...defined('thingName', request.thingName),
  ...defined('certificateId', request.certificateId),
  ...defined('claimCertificateId', request.claimCertificateId),
  ...defined('claim', request.claim?.name),
  ...defined('tenant', request.enrollment?.tenant),
  ...defined('approach', request.enrollment?.approach),
  ...more,
});

const defined = <Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> =>
  value === undefined ? {} : ({ [key]: value } as Record<Key, Value>);
