import type { Enrollment } from '../enrollment.ts';
import { type Change, type ChangeStamp, alter, unchanged } from './change.ts';

/** Ends a device for good: it is never let in again, and all of its certificates are to be retired. */
export const revoke = (enrollment: Enrollment, stamp: ChangeStamp): Change => {
  if (enrollment.state === 'revoked') return unchanged;
  return alter(enrollment, stamp, {
    transition: 'revoke',
    code: 'device.revoked',
    sets: { toRetire: enrollment.certificates.map(({ id }) => id) },
    removes: ['candidateKey', 'pending', 'contender', 'readmission', 'recovery', 'certificateInUse'],
  });
};
