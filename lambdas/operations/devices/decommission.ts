import { decommission } from '../../../domain/changes/decommission.ts';
import type { devicesDecommission } from '../../../domain/operations/devices-decommission.ts';
import type { Performer } from '../operation-call.ts';
import { changeDevice } from './change-device.ts';
import type { DeviceResources } from './device-resources.ts';
import { endConnection } from './settle-device.ts';
import { deactivateLeftovers, removeLeftovers } from './settle-removal.ts';

/** Takes a device out of service. */
export const createDecommission =
  (resources: DeviceResources): Performer<typeof devicesDecommission> =>
  ({ note, ...device }, call) =>
    changeDevice(resources, {
      operation: 'devices.decommission',
      device,
      call,
      note,
      decide: decommission,
      // Inactive before the connection ends, so that whoever is cut off cannot connect again.
      steps: [deactivateLeftovers, endConnection, removeLeftovers],
      isRetiring: true,
    });
