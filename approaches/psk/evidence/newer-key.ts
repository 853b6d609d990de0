import type { Enrollment } from '../../../domain/enrollment.ts';
import { keyVersionFor } from './key-version.ts';
import { firstVersionOf } from './requirement.ts';

/**
 * Whether a device has yet to show a key of the newest version of its line; `undefined` for a line that has no keys. One whose rotation
 * came to nothing may have kept that key and show it already: it is asked again, as only what completes a rotation ends the older one.
 */
export const hasNewerKey = (
  enrollment: Pick<Enrollment, 'lastProof' | 'requirement' | 'failedRotations' | 'firstKeyVersion'>,
  newest: number | undefined,
): boolean => {
  if (newest === undefined) return false;
  const { lastProof, requirement, failedRotations = 0, firstKeyVersion = 1 } = enrollment;
  const first = Math.max(firstVersionOf(requirement) ?? 1, firstKeyVersion);
  return keyVersionFor(enrollment, newest) > (failedRotations > 0 ? first : Math.max(lastProof?.keyVersion ?? 0, first - 1));
};
