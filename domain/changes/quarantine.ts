import { type Enrollment, without } from '../enrollment.ts';
import { type Change, type ChangeStamp, alter, unchanged } from './change.ts';

export interface Quarantining {
  /** Not even its diagnosis, and at once: no certificate of the device opens a connection, and no authorizer lets it in. */
  readonly leavesNothing: boolean;
}

/** Takes everything from a device, but its diagnosis topics where they are left to it, until it is released. */
export const quarantine = (
  enrollment: Enrollment,
  stamp: ChangeStamp,
  { leavesNothing }: Quarantining = { leavesNothing: false },
): Change => {
  const isIn = enrollment.state === 'quarantined';
  if (isIn && (!leavesNothing || holdsCertificates(enrollment))) return unchanged;
  return alter(unquarantined(enrollment), stamp, {
    transition: 'quarantine',
    code: 'device.quarantined',
    removes: ['quarantineLeavesNothing'],
    sets: leavesNothing ? { quarantineLeavesNothing: true } : {},
  });
};

/** Whether the quarantine that a device is in, or was in last, leaves it nothing. */
export const holdsCertificates = ({ quarantineLeavesNothing }: Enrollment): boolean => quarantineLeavesNothing === true;

// A stricter quarantine returns a device to the same state as the one before.
const unquarantined = (enrollment: Enrollment): Enrollment => ({
  ...without(enrollment, 'quarantinedFrom'),
  state: enrollment.quarantinedFrom ?? enrollment.state,
});
