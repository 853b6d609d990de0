import * as z from 'zod/mini';
import { defineOperation } from '../operation.ts';
import { deviceChange } from './device-change.ts';
import { deviceName } from './device-name.ts';

/** Ends the probation of a device that has shown nothing but its serial number. */
export const devicesConfirm = defineOperation({
  name: 'devices.confirm',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({ ...deviceName }),
  output: deviceChange,
});
