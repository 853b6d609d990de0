import * as z from 'zod/mini';
import { defineOperation } from '../operation.ts';
import { deviceChange } from './device-change.ts';
import { deviceName, note } from './device-name.ts';

/** Takes a device out of service: nothing of it is left at AWS IoT, and its serial number never comes back by itself. It takes two people. */
export const devicesDecommission = defineOperation({
  name: 'devices.decommission',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: true,
  input: z.strictObject({ ...deviceName, note }),
  output: deviceChange,
});
