import type { Enrollment } from '../enrollment.ts';
import { type Change, type ChangeStamp, alter, unchanged } from './change.ts';

/**
 * Takes a device out of service: nothing of it is to be left at AWS IoT. The record stays, so that its serial number cannot come
 * back unnoticed, and with it the key that the serial was bound to.
 */
export const decommission = (enrollment: Enrollment, stamp: ChangeStamp): Change => {
  if (enrollment.state === 'decommissioned') return unchanged;
  return alter(enrollment, stamp, {
    transition: 'decommission',
    code: 'device.decommissioned',
    sets: { toRetire: enrollment.certificates.map(({ id }) => id) },
    removes: ['candidateKey', 'pending', 'approvedKey', 'contender', 'readmission', 'recovery', 'certificateInUse'],
  });
};
