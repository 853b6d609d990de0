import { addressesOf, timeOfDay } from '../../../domain/connection/take-overs.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { DeviceRecord } from '../../../domain/operations/device-record.ts';
import type { devicesShow } from '../../../domain/operations/devices-show.ts';
import type { OperatorScope } from '../../../domain/operator-scope.ts';
import type { Performer } from '../operation-call.ts';
import type { DeviceResources } from './device-resources.ts';
import { findDevice } from './find-device.ts';
import { seesEvidence, viewDevice } from './view-device.ts';

/** Shows a device. */
export const createShow =
  (resources: DeviceResources): Performer<typeof devicesShow> =>
  async (name, { scope }) => {
    const enrollment = await findDevice(resources, name, scope);
    const device = await viewDevice(resources, enrollment, scope);
    return { device: { ...device, ...(await suspicionOf(resources, enrollment, scope)) } };
  };

const suspicionOf = async (
  { takeOvers }: DeviceResources,
  { thingName }: Enrollment,
  scope: OperatorScope,
): Promise<Pick<DeviceRecord, 'suspicion'>> => {
  const found = await takeOvers.read(thingName);
  if (found?.suspectedOn === undefined) return {};
  const on = new Date(timeOfDay(found.suspectedOn)).toISOString().slice(0, 10);
  return { suspicion: { on, ...(seesEvidence(scope) ? { addresses: addressesOf(found) } : {}) } };
};
