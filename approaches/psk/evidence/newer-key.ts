import type { Enrollment } from '../../../domain/enrollment.ts';
import { firstVersionOf } from './requirement.ts';

/**
 * Whether a device has yet to show a key of the newest version of its line; `undefined` for a line that has no keys. One whose rotation
 * came to nothing may have kept that key and show it already: it is asked again, as only what completes a rotation ends the older one.
 */
export const hasNewerKey = (
  { lastProof, requirement, failedRotations = 0 }: Pick<Enrollment, 'lastProof' | 'requirement' | 'failedRotations'>,
  newest: number | undefined,
): boolean => {
  if (newest === undefined) return false;
  const first = firstVersionOf(requirement) ?? 1;
  return newest > (failedRotations > 0 ? first : Math.max(lastProof?.keyVersion ?? 0, first - 1));
};
