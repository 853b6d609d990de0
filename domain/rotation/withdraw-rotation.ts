import { type Change, type ChangeStamp, alter, unchanged } from '../changes/change.ts';
import type { Enrollment } from '../enrollment.ts';
import { waitAfterFailures } from './schedule.ts';

/**
 * Ends a rotation that came to nothing: the device goes on with the credential that it has, and whatever it was given and never used
 * is to be retired. It is asked again later, and later each time.
 */
export const withdrawRotation = (enrollment: Enrollment, stamp: ChangeStamp): Change => {
  const { rotation, certificates, boundKey, toRetire, failedRotations = 0 } = enrollment;
  if (enrollment.state !== 'rotating' || rotation === undefined) return unchanged;
  const unused = certificates.filter(({ correlationId }) => correlationId === rotation.id);
  const failures = failedRotations + 1;
  return alter(enrollment, stamp, {
    transition: 'withdraw-rotation',
    code: 'rotation.withdrawn',
    about: { rotation: rotation.id, ...(boundKey === undefined ? {} : { boundKeyDigest: boundKey }) },
    sets: {
      toRetire: [...new Set([...toRetire, ...unused.map(({ id }) => id)])],
      failedRotations: failures,
      rotateAt: stamp.at + waitAfterFailures(failures),
    },
    removes: ['candidateKey'],
  });
};
