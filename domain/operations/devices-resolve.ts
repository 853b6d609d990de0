import * as z from 'zod/mini';
import { keyDigest } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { deviceChange } from './device-change.ts';
import { deviceName } from './device-name.ts';

/** Where two keys ask for one serial: keeps one; the other never comes in again, and its certificates are revoked. */
export const devicesResolve = defineOperation({
  name: 'devices.resolve',
  roles: ['security'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({ ...deviceName, keep: keyDigest }),
  output: deviceChange,
});
