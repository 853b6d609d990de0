import { approve } from '../../../domain/changes/approve.ts';
import type { devicesApprove } from '../../../domain/operations/devices-approve.ts';
import type { Performer } from '../operation-call.ts';
import { changeDevice } from './change-device.ts';
import type { DeviceResources } from './device-resources.ts';

/** Approves a key. The device comes in by itself when it asks again with it. */
export const createApprove =
  (resources: DeviceResources): Performer<typeof devicesApprove> =>
  ({ key, ...device }, call) =>
    changeDevice(resources, {
      operation: 'devices.approve',
      device,
      call,
      decide: (enrollment, stamp) => approve(enrollment, stamp, key),
      steps: [],
    });
