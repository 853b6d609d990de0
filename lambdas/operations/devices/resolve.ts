import { resolve } from '../../../domain/changes/resolve.ts';
import type { devicesResolve } from '../../../domain/operations/devices-resolve.ts';
import type { Performer } from '../operation-call.ts';
import { changeDevice } from './change-device.ts';
import type { DeviceResources } from './device-resources.ts';
import { endRetiredConnection, settleCertificates } from './settle-device.ts';

/** Keeps one of two keys. */
export const createResolve =
  (resources: DeviceResources): Performer<typeof devicesResolve> =>
  ({ keep, ...device }, call) =>
    changeDevice(resources, {
      operation: 'devices.resolve',
      device,
      call,
      decide: (enrollment, stamp) => resolve(enrollment, stamp, keep),
      steps: [settleCertificates, endRetiredConnection],
    });
