import * as z from 'zod/mini';
import { keyDigest } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { deviceChange } from './device-change.ts';
import { deviceName } from './device-name.ts';

/** Says yes to the key that waits, or to the one that is named. */
export const devicesApprove = defineOperation({
  name: 'devices.approve',
  roles: ['security'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({ ...deviceName, key: z.exactOptional(keyDigest) }),
  output: deviceChange,
});
