import type { devicesShow } from '../../../domain/operations/devices-show.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import { reaches } from '../../../domain/operator-scope.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';

/** Shows a device. One that lies beyond the scope is answered like one that there is not. */
export const createShow =
  ({ prefix, store }: Pick<OperationResources, 'prefix' | 'store'>): Performer<typeof devicesShow> =>
  async ({ line, serialNumber }, { scope }) => {
    const [device] = await store.readMany([thingNameOf(prefix, line, serialNumber)]);
    if (device?.serialNumber !== serialNumber || !reaches(scope, device))
      throw new OperationError(
        'ERR_NOT_FOUND',
        `No device with serial number "${serialNumber}" is enrolled on line "${line}" within the scope "${scope.name}". ` +
          'Serial numbers are compared byte for byte. Enroll devices with: muster devices import <file>',
      );
    return device;
  };
