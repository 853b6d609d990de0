import * as z from 'zod/mini';
import { defineOperation } from '../operation.ts';
import { deviceChange } from './device-change.ts';
import { deviceName, note } from './device-name.ts';

/** Takes everything from a device but its diagnosis topics, until it is released; `now` leaves it not even these, and at once. */
export const devicesQuarantine = defineOperation({
  name: 'devices.quarantine',
  roles: ['security'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({ ...deviceName, note, now: z.exactOptional(z.boolean()) }),
  output: deviceChange,
});
