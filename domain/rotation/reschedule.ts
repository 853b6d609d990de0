import type { Enrollment } from '../enrollment.ts';
import type { LineRotations } from './rotation-settings.ts';
import { scheduledBy } from './schedule.ts';
import { DAY_MS } from '../duration.ts';

/**
 * The enrollment with the time at which its credential is due by the settings as they are now; the same where that is noted already. What
 * was put off, after a failure or as another key is awaited, stays so.
 */
export const rescheduled = (enrollment: Enrollment, rotations: LineRotations, at: number): Enrollment => {
  if (enrollment.state !== 'active') return enrollment;
  const next = scheduledBy(rotations, { ...enrollment, ...sinceOf(enrollment) });
  if (next.rotateAt === enrollment.rotateAt || isPutOff(enrollment, next.rotateAt, at)) return enrollment;
  return next;
};

// Of one that came in before that was noted.
const sinceOf = ({ credentialSince, certificates, certificateInUse }: Enrollment): Pick<Enrollment, 'credentialSince'> => {
  const since = credentialSince ?? certificates.find(({ id }) => id === certificateInUse)?.issuedAt;
  return since === undefined ? {} : { credentialSince: since };
};

const isPutOff = ({ rotateAt, failedRotations = 0 }: Enrollment, wanted: number | undefined, at: number): boolean =>
  rotateAt !== undefined && wanted !== undefined && (failedRotations > 0 || (wanted <= at && rotateAt > at && rotateAt <= at + DAY_MS));
