import { revoke } from '../../../domain/changes/revoke.ts';
import type { devicesRevoke } from '../../../domain/operations/devices-revoke.ts';
import type { Performer } from '../operation-call.ts';
import { changeDevice } from './change-device.ts';
import { deactivateRetired } from './deactivate-retired.ts';
import type { DeviceResources } from './device-resources.ts';
import { endConnection, settleCertificates } from './settle-device.ts';

/** Ends a device for good. */
export const createRevoke =
  (resources: DeviceResources): Performer<typeof devicesRevoke> =>
  ({ note, ...device }, call) =>
    changeDevice(resources, {
      operation: 'devices.revoke',
      device,
      call,
      note,
      decide: revoke,
      steps: [deactivateRetired, settleCertificates, endConnection],
    });
