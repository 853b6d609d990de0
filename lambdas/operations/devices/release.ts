import { type Change, type ChangeStamp, unchanged } from '../../../domain/changes/change.ts';
import { release } from '../../../domain/changes/release.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { devicesRelease } from '../../../domain/operations/devices-release.ts';
import type { Performer } from '../operation-call.ts';
import { changeDevice } from './change-device.ts';
import type { DeviceResources } from './device-resources.ts';
import { endConnection, settleQuarantine } from './settle-device.ts';
import { settleHeldCertificates } from './settle-held-certificates.ts';

/** Releases a device from quarantine; one that is in none is taken out of the group again, should it still be in there. */
export const createRelease =
  (resources: DeviceResources): Performer<typeof devicesRelease> =>
  (device, call) =>
    changeDevice(resources, {
      operation: 'devices.release',
      device,
      call,
      decide: releaseOnce,
      steps: [settleQuarantine, settleHeldCertificates, endConnection],
    });

// What was released, and then broke off, may have changed since in every way but these.
const releaseOnce = (enrollment: Enrollment, stamp: ChangeStamp): Change => {
  const { state } = enrollment;
  const isFree = state !== 'quarantined' && state !== 'revoked' && state !== 'decommissioned';
  return isFree ? unchanged : release(enrollment, stamp);
};
