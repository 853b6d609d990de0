import type { Enrollment } from '../enrollment.ts';
import { type Change, type ChangeStamp, alter, impossible } from './change.ts';

/** Returns a device from quarantine to the state that it came from. */
export const release = (enrollment: Enrollment, stamp: ChangeStamp): Change =>
  enrollment.state === 'quarantined'
    ? alter(enrollment, stamp, { transition: 'release', code: 'device.released' })
    : impossible(`The device is ${enrollment.state}, not quarantined.`);
