import { isAtLeast, isDeviceUnique } from '../attestation.ts';
import type { Enrollment, Readmission } from '../enrollment.ts';
import type { EnrollmentState } from '../enrollment-state.ts';
import type { KeyDigest, LineName } from '../identifiers.ts';
import type { LineSettings } from '../line-settings.ts';
import type { ReasonCode } from '../reason-code.ts';
import type { SerialNumber } from '../serial-number.ts';
import type { AcceptedEvidence, Verification } from '../verification.ts';

/** How many certificates of keys that may come in may be out before one of them is seen in use. */
export const MAX_UNSEEN_CERTIFICATES = 5;

/** Who asks to be let in, whichever way they came. */
export interface JudgedDevice {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly line: LineName;
  /** Of that line. */
  readonly settings: LineSettings;
  readonly serialNumber: SerialNumber;
  /** The approach whose entry point received the request. */
  readonly approach: string;
  /** Judges the evidence against what this enrollment must prove. */
  readonly verify: (requirement: Enrollment['requirement']) => Verification;
}

/**
 * - `admit`: as the key that the serial is bound to, or is bound to now
 * - `admit-candidate`: as another key, which takes over when it is seen in use
 * - `hold`: the evidence is good, and an operator must say yes; to be remembered
 * - `contest`: another key holds the serial, and nobody has contested it yet; to be remembered
 */
export type Judgement =
  | { readonly ruling: 'refuse'; readonly reason: ReasonCode; readonly key?: KeyDigest }
  | { readonly ruling: 'admit' | 'admit-candidate' | 'hold' | 'contest'; readonly evidence: AcceptedEvidence };

const refusingStates: Partial<Record<EnrollmentState, ReasonCode>> = {
  pending: 'pending-approval',
  quarantined: 'quarantined',
  revoked: 'revoked',
  decommissioned: 'decommissioned',
};

/** Why a device in a state may not come in, or `undefined` when it may. */
export const refusalOfState = (state: EnrollmentState): ReasonCode | undefined => refusingStates[state];

/** Judges a device by its enrollment, its evidence and its line, and by nothing of how it came. */
export const judgeDevice = (device: JudgedDevice, enrollment: Enrollment): Judgement => {
  const barred = refusalOfEnrollment(enrollment, device);
  // Approval is for a key, and which one asks is not known before the evidence is judged.
  if (barred !== undefined && barred !== 'pending-approval') return refused(barred);
  if (device.settings.isClosed === true && enrollment.boundKey === undefined) return refused('line-closed');
  const verification = device.verify(enrollment.requirement);
  if (!verification.accepted) return refused(verification.reason);
  const { key, attestation } = verification;
  if (!isAtLeast(attestation, device.settings.attestation)) return refused('evidence-too-weak', key);
  if (enrollment.refusedKeys?.includes(key) === true) return refused('refused-key', key);
  return enrollment.boundKey === undefined ? judgeFirst(device, enrollment, verification) : judgeBound(device, enrollment, verification);
};

/** Why a device may not come in as this enrollment, before its evidence is judged, or `undefined` when it may. */
export const refusalOfEnrollment = (
  enrollment: Enrollment,
  device: Pick<JudgedDevice, 'line' | 'serialNumber' | 'approach'>,
): ReasonCode | undefined => {
  if (!isSameDevice(enrollment, device)) return 'unknown-serial';
  if (enrollment.approach !== device.approach) return 'another-approach';
  if (enrollment.isChangingHands === true) return 'changing-hands';
  const barred = refusalOfState(enrollment.state);
  // In quarantine, too: whoever holds what was withdrawn is not even to be diagnosed.
  return enrollment.awaitsProof === true && !isOver(barred) ? 'proof-withdrawn' : barred;
};

const isOver = (barred: ReasonCode | undefined): boolean => barred === 'revoked' || barred === 'decommissioned';

/** Look-alikes share a key of the table. What was found under it may be another device, of which nothing is to be said. */
export const withoutLookAlike = <
  Request extends Pick<JudgedDevice, 'line' | 'serialNumber'> & { readonly enrollment: Enrollment | undefined },
>(
  request: Request,
): Request =>
  request.enrollment === undefined || isSameDevice(request.enrollment, request) ? request : { ...request, enrollment: undefined };

// A record is evidence to be checked.
const isSameDevice = (enrollment: Enrollment, device: Pick<JudgedDevice, 'line' | 'serialNumber'>): boolean =>
  enrollment.line === device.line && enrollment.serialNumber === device.serialNumber;

const refused = (reason: ReasonCode, key?: KeyDigest): Judgement => ({ ruling: 'refuse', reason, ...(key === undefined ? {} : { key }) });

// The serial is bound to no key yet, but one may be waiting for it.
const judgeFirst = ({ settings, at }: JudgedDevice, enrollment: Enrollment, evidence: AcceptedEvidence): Judgement => {
  const { pending, approvedKey, readmission } = enrollment;
  if (readmission !== undefined && !isOpenFor(readmission, evidence.key, at)) return refused('evidence-refused', evidence.key);
  const isApproved = evidence.key === approvedKey;
  if (pending !== undefined && pending.key !== evidence.key && !isApproved) return foreign(enrollment, evidence);
  if (settings.approval === 'none' || isApproved) return { ruling: 'admit', evidence };
  return pending === undefined ? { ruling: 'hold', evidence } : refused('pending-approval', evidence.key);
};

const judgeBound = (device: JudgedDevice, enrollment: Enrollment, evidence: AcceptedEvidence): Judgement => {
  const { key } = evidence;
  const isBound = key === enrollment.boundKey;
  if (!isBound && key !== enrollment.candidateKey && !mayTakeOver(device, enrollment, evidence)) return foreign(enrollment, evidence);
  if (hasTooManyUnseen(enrollment)) return refused('too-many-certificates', key);
  return { ruling: isBound ? 'admit' : 'admit-candidate', evidence };
};

const foreign = ({ contender }: Enrollment, evidence: AcceptedEvidence): Judgement =>
  contender === undefined ? { ruling: 'contest', evidence } : refused('bound-to-another-key', evidence.key);

const mayTakeOver = ({ settings, at }: JudgedDevice, { readmission }: Enrollment, { key, attestation }: AcceptedEvidence): boolean => {
  const { reprovision, approval } = settings;
  if (reprovision === 'never') return false;
  const isLetIn = readmission !== undefined && isOpenFor(readmission, key, at);
  // On a line where an operator approves every key, evidence alone opens nothing.
  return isLetIn || (reprovision === 'replace' && approval === 'none' && isDeviceUnique(attestation));
};

const isOpenFor = ({ until, key }: Readmission, asking: KeyDigest, at: number): boolean => at < until && (key ?? asking) === asking;

const hasTooManyUnseen = ({ certificates, certificateInUse, toRetire }: Enrollment): boolean =>
  certificates.filter(({ id }) => id !== certificateInUse && !toRetire.includes(id)).length >= MAX_UNSEEN_CERTIFICATES;
