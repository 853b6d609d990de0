import type { Enrollment } from '../enrollment.ts';
import type { Recovery } from '../enrollment.ts';
import { type Change, type ChangeStamp, alter, impossible } from './change.ts';

/** Opens a way back for a device whose certificate is over: once, with its own key, until a certain time. A later ticket takes the place of the one before. */
export const openRecovery = (enrollment: Enrollment, stamp: ChangeStamp, recovery: Recovery): Change => {
  const { approach, boundKey, state } = enrollment;
  if (approach !== 'pki') return impossible('Only a device with a certificate can have one that is over.');
  if (boundKey === undefined) return impossible(`The device is ${state} and bound to no key yet: it comes in by a claim.`);
  if (recovery.until <= stamp.at) return impossible('The time until which the ticket is good is over.');
  return alter(enrollment, stamp, {
    transition: 'readmit',
    code: 'device.recovery-opened',
    about: { keyDigest: boundKey },
    sets: { recovery },
  });
};

/** The enrollment once its ticket was used. */
export const useRecovery = (enrollment: Enrollment, stamp: ChangeStamp, correlationId: string): Change =>
  alter(enrollment, stamp, {
    transition: 'readmit',
    code: 'device.recovery-used',
    about: { correlationId, ...(enrollment.boundKey === undefined ? {} : { keyDigest: enrollment.boundKey }) },
    removes: ['recovery'],
  });
