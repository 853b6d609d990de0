import type { RefusalClass } from '../refusal-class.ts';

/** The CloudWatch metrics that the audit log and the sweep of claims make; all of one deployment are in one namespace. */
export const claimMetrics = {
  namespace: (prefix: string) => `Muster/${prefix}`,
  /** The dimension that names the claim. */
  dimension: 'Claim',
  /** Serials let in by a claim, devices that returned among them. */
  admissions: 'ClaimAdmissions',
  /** Refusals of devices that came by a claim. */
  refusals: 'ClaimRefusals',
  refusalsOf: (refusalClass: RefusalClass) => `ClaimRefusals-${refusalClass}`,
  /** Percent of a claim's quota that is used up. */
  quotaUsed: 'ClaimQuotaUsed',
  /** In how many days the last certificate of a claim expires. */
  daysLeft: 'ClaimDaysLeft',
  /** Of the whole deployment: another key came for a serial that was bound. */
  contested: 'DevicesContested',
  /** Of the whole deployment: a certificate that no claim is recorded for was used as one. */
  unknownClaims: 'UnknownClaims',
} as const;
