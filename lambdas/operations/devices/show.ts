import { dateOf } from '../../../domain/connection/suspicion.ts';
import { addressesOf } from '../../../domain/connection/take-overs.ts';
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
    return { device: { ...device, ...(await suspicionsOf(resources, enrollment, scope)) } };
  };

const suspicionsOf = async (
  { takeOvers, refusedPublishes }: DeviceResources,
  { thingName }: Enrollment,
  scope: OperatorScope,
): Promise<Pick<DeviceRecord, 'suspicion' | 'publishesRefusedOn'>> => {
  const [taken, refused] = await Promise.all([takeOvers.read(thingName), refusedPublishes.read(thingName)]);
  const addresses = seesEvidence(scope) && taken !== undefined ? { addresses: addressesOf(taken) } : {};
  return {
    ...(taken?.suspectedOn === undefined ? {} : { suspicion: { on: dateOf(taken.suspectedOn), ...addresses } }),
    ...(refused?.suspectedOn === undefined ? {} : { publishesRefusedOn: dateOf(refused.suspectedOn) }),
  };
};
