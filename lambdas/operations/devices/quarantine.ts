import { quarantine } from '../../../domain/changes/quarantine.ts';
import type { devicesQuarantine } from '../../../domain/operations/devices-quarantine.ts';
import type { Performer } from '../operation-call.ts';
import { changeDevice } from './change-device.ts';
import type { DeviceResources } from './device-resources.ts';
import { settleAnonymous } from './settle-anonymous.ts';
import { endConnection, settleQuarantine } from './settle-device.ts';

/** Puts a device into quarantine. */
export const createQuarantine =
  (resources: DeviceResources): Performer<typeof devicesQuarantine> =>
  ({ note, ...device }, call) =>
    changeDevice(resources, {
      operation: 'devices.quarantine',
      device,
      call,
      note,
      decide: quarantine,
      steps: [settleQuarantine, settleAnonymous, endConnection],
    });
