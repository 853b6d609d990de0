import { confirm } from '../../../domain/changes/confirm.ts';
import type { devicesConfirm } from '../../../domain/operations/devices-confirm.ts';
import type { Performer } from '../operation-call.ts';
import { changeDevice } from './change-device.ts';
import type { DeviceResources } from './device-resources.ts';
import { settleProbation } from './settle-device.ts';

/** Ends a probation; the device's policy is whole some minutes later. */
export const createConfirm =
  (resources: DeviceResources): Performer<typeof devicesConfirm> =>
  (device, call) =>
    changeDevice(resources, {
      operation: 'devices.confirm',
      device,
      call,
      decide: confirm,
      steps: [settleProbation],
    });
