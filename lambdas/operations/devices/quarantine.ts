import { quarantine } from '../../../domain/changes/quarantine.ts';
import type { devicesQuarantine } from '../../../domain/operations/devices-quarantine.ts';
import type { Performer } from '../operation-call.ts';
import { changeDevice } from './change-device.ts';
import type { DeviceResources } from './device-resources.ts';
import { endConnection, settleQuarantine } from './settle-device.ts';
import { settleHeldCertificates } from './settle-held-certificates.ts';

/** Puts a device into quarantine. */
export const createQuarantine =
  (resources: DeviceResources): Performer<typeof devicesQuarantine> =>
  ({ note, now = false, ...device }, call) =>
    changeDevice(resources, {
      operation: 'devices.quarantine',
      device,
      call,
      note,
      decide: (enrollment, stamp) => quarantine(enrollment, stamp, { leavesNothing: now }),
      steps: [settleQuarantine, settleHeldCertificates, endConnection],
    });
