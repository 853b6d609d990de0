import type { Enrollment } from '../enrollment.ts';
import { type Change, type ChangeStamp, alter, unchanged } from './change.ts';

/** Takes everything from a device but its diagnosis topics, until it is released. */
export const quarantine = (enrollment: Enrollment, stamp: ChangeStamp): Change =>
  enrollment.state === 'quarantined' ? unchanged : alter(enrollment, stamp, { transition: 'quarantine', code: 'device.quarantined' });
