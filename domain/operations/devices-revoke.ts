import * as z from 'zod/mini';
import { defineOperation } from '../operation.ts';
import { deviceChange } from './device-change.ts';
import { deviceName, note } from './device-name.ts';

/** Ends a device for good. It takes two people. */
export const devicesRevoke = defineOperation({
  name: 'devices.revoke',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: true,
  input: z.strictObject({ ...deviceName, note }),
  output: deviceChange,
});
