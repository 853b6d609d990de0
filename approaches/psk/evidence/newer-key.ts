import type { Enrollment } from '../../../domain/enrollment.ts';
import { firstVersionOf } from './requirement.ts';

/** Whether a device has yet to show a key of the newest version of its line; `undefined` for a line that has no keys. */
export const hasNewerKey = (
  { lastProof, requirement }: Pick<Enrollment, 'lastProof' | 'requirement'>,
  newest: number | undefined,
): boolean => newest !== undefined && newest > Math.max(lastProof?.keyVersion ?? 0, (firstVersionOf(requirement) ?? 1) - 1);
