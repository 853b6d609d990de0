import { judgeDevice, refusalOfEnrollment } from '../admission/device-judgement.ts';
import { type Claim, hasQuotaLeft, isWithinClaim, refusalOfClaim } from '../claim.ts';
import { commonNameOf } from '../subject-name.ts';
import type { Enrollment } from '../enrollment.ts';
import type { CertificateId, KeyDigest } from '../identifiers.ts';
import type { LineSettings } from '../line-settings.ts';
import type { ReasonCode } from '../reason-code.ts';
import type { Verification } from '../verification.ts';

/** A request for a certificate, with everything that the decision may depend on. */
export interface IssuanceRequest {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Whose connection it came on: the certificate of a claim, or of a device. */
  readonly principal: CertificateId;
  readonly commonName: string;
  readonly key: KeyDigest;
  /** Of the line that the claim or the device is of. */
  readonly settings: LineSettings;
  /** The approach whose devices ask for certificates. */
  readonly approach: string;
  readonly claim: Claim | undefined;
  /** What was found under the common name; it may be a look-alike's. */
  readonly enrollment: Enrollment | undefined;
  /** What the key alone says of what an enrollment asks for: the evidence comes later, with the registration. */
  readonly foresee: (requirement: Enrollment['requirement']) => Verification;
}

/**
 * Why there is no certificate for it, or `undefined` when there is. Who could not be let in by it gets none; all else is left to
 * the admission, which has the evidence. Pure.
 */
export const refusalOfIssuance = (request: IssuanceRequest): ReasonCode | undefined => {
  const { claim, settings, at } = request;
  const claimRefusal = claim === undefined ? undefined : refusalOfClaim(claim, settings.name, at);
  if (claimRefusal !== undefined) return claimRefusal;
  const enrollment = named(request);
  if (enrollment === undefined) return 'unknown-serial';
  return claim === undefined ? refusalOfDevice(request, enrollment) : refusalUnderClaim(request, claim, enrollment);
};

const named = ({ enrollment, commonName }: IssuanceRequest): Enrollment | undefined =>
  enrollment !== undefined && commonNameOf(enrollment.serialNumber) === commonName ? enrollment : undefined;

const refusalUnderClaim = (request: IssuanceRequest, claim: Claim, enrollment: Enrollment): ReasonCode | undefined => {
  const { at, settings, approach, foresee } = request;
  const { serialNumber } = enrollment;
  if (!isWithinClaim(claim, serialNumber, enrollment)) return 'serial-outside-claim';
  const judgement = judgeDevice({ at, line: settings.name, settings, serialNumber, approach, verify: foresee }, enrollment);
  if (judgement.ruling === 'refuse') return judgement.reason;
  // Another key for a serial that is bound: the admission must see it, for that puts it on record.
  if (judgement.ruling === 'contest') return undefined;
  return enrollment.countedAgainst === undefined && !hasQuotaLeft(claim) ? 'claim-quota-exhausted' : undefined;
};

const refusalOfDevice = ({ principal, key, settings, approach }: IssuanceRequest, enrollment: Enrollment): ReasonCode | undefined => {
  const { certificates, toRetire, serialNumber, refusedKeys } = enrollment;
  if (!certificates.some(({ id }) => id === principal) || toRetire.includes(principal)) return 'unknown-principal';
  const barred = refusalOfEnrollment(enrollment, { line: settings.name, serialNumber, approach });
  if (barred !== undefined) return barred;
  return refusedKeys?.includes(key) === true ? 'refused-key' : undefined;
};
