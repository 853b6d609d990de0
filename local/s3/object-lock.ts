import { AwsError } from '../aws-error.ts';

export type LockMode = 'GOVERNANCE' | 'COMPLIANCE';

/** What holds one version of an object, and until when. */
export interface Retention {
  readonly mode: LockMode;
  readonly untilMs: number;
}

/** What a bucket gives every new version that brings nothing of its own. */
export interface DefaultRetention {
  readonly mode: LockMode;
  readonly days?: number | undefined;
  readonly years?: number | undefined;
}

/** A bucket on which Object Lock is enabled, which is for good. */
export interface ObjectLock {
  readonly defaultRetention: DefaultRetention | undefined;
}

/** Of somebody who says that governance mode shall not count, and may (`s3:BypassGovernanceRetention`). */
export interface Bypass {
  readonly bypassesGovernance: boolean;
}

export const lockedAway = (): AwsError =>
  new AwsError('AccessDenied', 'Access Denied because object protected by object lock.', { status: 403 });

const dayMs = 86_400_000;

/** S3 User Guide, "Default retention period": counted from when the version is made. */
export const retentionFrom = ({ mode, days, years = 0 }: DefaultRetention, nowMs: number): Retention => {
  if (days !== undefined) return { mode, untilMs: nowMs + days * dayMs };
  const until = new Date(nowMs);
  until.setUTCFullYear(until.getUTCFullYear() + years);
  return { mode, untilMs: until.getTime() };
};

/** Whether a version may not be deleted now. */
export const isHeld = (retention: Retention | undefined, nowMs: number, { bypassesGovernance }: Bypass): boolean => {
  if (retention === undefined || retention.untilMs <= nowMs) return false;
  return retention.mode === 'COMPLIANCE' || !bypassesGovernance;
};

/**
 * Refuses to take protection away (S3 User Guide, "Retention modes"): a period may be made longer; in governance mode it is made
 * shorter, taken off or given the other mode by those who bypass it, in compliance mode by nobody.
 */
export const requireNoLess = (
  change: { readonly from: Retention | undefined; readonly to: Retention | undefined },
  held: boolean,
): void => {
  const { from, to } = change;
  if (!held || from === undefined) return;
  if (to?.mode !== from.mode || to.untilMs < from.untilMs) throw lockedAway();
};
