import type { devicesShow } from '../../../domain/operations/devices-show.ts';
import type { Performer } from '../operation-call.ts';
import type { DeviceResources } from './device-resources.ts';
import { findDevice } from './find-device.ts';
import { viewDevice } from './view-device.ts';

/** Shows a device. */
export const createShow =
  (resources: DeviceResources): Performer<typeof devicesShow> =>
  async (name, { scope }) => ({ device: await viewDevice(resources, await findDevice(resources, name, scope), scope) });
