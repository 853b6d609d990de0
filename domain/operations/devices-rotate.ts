import * as z from 'zod/mini';
import { defineOperation } from '../operation.ts';
import { deviceChange } from './device-change.ts';
import { deviceName } from './device-name.ts';

/** Asks one device for another credential, now. */
export const devicesRotate = defineOperation({
  name: 'devices.rotate',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject(deviceName),
  output: deviceChange,
});
