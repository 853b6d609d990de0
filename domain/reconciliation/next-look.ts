import type { Enrollment } from '../enrollment.ts';
import { GRACE_MS, STALE_MS } from './compare-enrollment.ts';
import type { Finding } from './finding.ts';
import { DAY_MS } from '../duration.ts';

/**
 * When an enrollment must be looked at again although nobody changes it, in milliseconds since the epoch; undefined where
 * only a change can make anything of it. What stays wrong is told once a day.
 */
export const nextLookAt = (enrollment: Enrollment, left: readonly Finding[], at: number): number | undefined => {
  const { state, certificates, lastEvent, rotation } = enrollment;
  const overdueAt = state === 'rotating' ? rotation?.until : undefined;
  if (left.length > 0) return Math.min(at + DAY_MS, overdueAt ?? Infinity);
  if (overdueAt !== undefined) return overdueAt;
  if (state === 'pending' || state === 'admitted' || state === 'rotating') return lastEvent.at + STALE_MS;
  const newest = Math.max(...certificates.map(({ issuedAt }) => issuedAt));
  return state === 'active' && certificates.length > 1 && newest + GRACE_MS > at ? newest + GRACE_MS : undefined;
};
