import * as z from 'zod/mini';
import { defineOperation } from '../operation.ts';
import { deviceChange } from './device-change.ts';
import { deviceName } from './device-name.ts';

/** Returns a device from quarantine to where it came from. */
export const devicesRelease = defineOperation({
  name: 'devices.release',
  roles: ['security'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({ ...deviceName }),
  output: deviceChange,
});
