import type { Enrollment } from '../enrollment.ts';
import { type Change, type ChangeStamp, alter, impossible, unchanged } from './change.ts';

/** Ends the probation of a device that has shown nothing but its serial number: an operator knows that it is the one. */
export const confirm = (enrollment: Enrollment, stamp: ChangeStamp): Change => {
  const { onProbation, contender, boundKey } = enrollment;
  if (onProbation === undefined) return impossible('The device is not on probation.');
  if (!onProbation) return unchanged;
  if (contender !== undefined) return impossible('Two keys ask for this serial. Keep one of them first, with devices resolve.');
  return alter(enrollment, stamp, {
    transition: 'confirm',
    code: 'device.confirmed',
    about: boundKey === undefined ? {} : { keyDigest: boundKey },
    sets: { onProbation: false },
  });
};
