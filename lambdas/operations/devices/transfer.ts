import { isDeviceUnique } from '../../../domain/attestation.ts';
import { impossible } from '../../../domain/changes/change.ts';
import { handedOver, transfer } from '../../../domain/changes/transfer.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { devicesTransfer } from '../../../domain/operations/devices-transfer.ts';
import type { Performer } from '../operation-call.ts';
import { changeDevice } from './change-device.ts';
import type { DeviceResources } from './device-resources.ts';
import { type DeviceName, findDevice } from './find-device.ts';
import { type SettlingStep, endConnection } from './settle-device.ts';
import { deactivateLeftovers, removeLeftovers } from './settle-removal.ts';
import { viewDevice } from './view-device.ts';

/** Gives a device to another tenant. It is kept out until AWS IoT has nothing of it any more, the former tenant's group included. */
export const createTransfer =
  (resources: DeviceResources): Performer<typeof devicesTransfer> =>
  async ({ note, to, keepsProof = false, ...device }, call) => {
    const tenants = resources.configuration.tenants.map(({ name }) => name);
    const change = await changeDevice(resources, {
      operation: 'devices.transfer',
      device,
      call,
      ...(note === undefined ? {} : { note }),
      decide: (enrollment, stamp) => {
        if (!tenants.includes(to)) return impossible(`There is no tenant "${to}"; those of the configuration: ${tenants.join(', ')}.`);
        if (keepsProof && !isProofItsOwn(resources, enrollment)) return impossible(TOLD);
        const { keys: namedKeys = [] } = resources.describeRequirement(enrollment.approach, enrollment.requirement) ?? {};
        return transfer(enrollment, stamp, { to, keepsProof, namedKeys, succession: resources.successionOf(enrollment) });
      },
      steps: [deactivateLeftovers, endConnection, removeLeftovers].map(whileChangingHands),
      isRetiring: true,
    });
    if (call.isDryRun) return change;
    return { ...change, device: await viewDevice(resources, await handOver(resources, device, call.scope), call.scope) };
  };

const TOLD =
  'The device proves itself by what somebody was told, which its former owner knows: it cannot keep that. Leave --keep-proof out.';

const isProofItsOwn = ({ describeRequirement }: DeviceResources, { approach, requirement }: Enrollment): boolean => {
  const attestation = describeRequirement(approach, requirement)?.attestation;
  return attestation !== undefined && isDeviceUnique(attestation);
};

// Whoever repeats a transfer that is over must not touch what the device is for its new owner.
const whileChangingHands =
  (step: SettlingStep): SettlingStep =>
  async (resources, enrollment) => {
    if (enrollment.isChangingHands === true) await step(resources, enrollment);
  };

const MAX_ATTEMPTS = 4;

const handOver = async (resources: DeviceResources, device: DeviceName, scope: Parameters<typeof findDevice>[2]): Promise<Enrollment> => {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const found = await findDevice(resources, device, scope);
    if (found.isChangingHands !== true || found.state !== 'registered') return found;
    const next = handedOver(found);
    if ((await resources.store.replace(next)) === 'written') return next;
  }
  throw new OperationError('ERR_BUSY', 'It is on record, but others kept changing this device: repeat the command to let it in again.');
};
