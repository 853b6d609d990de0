import * as z from 'zod/mini';
import { tenantName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { deviceChange } from './device-change.ts';
import { deviceName, note } from './device-name.ts';

/** Gives a device to another tenant: what it could do for the former one ends, and it must come in again. It takes two people. */
export const devicesTransfer = defineOperation({
  name: 'devices.transfer',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: true,
  input: z.strictObject({
    ...deviceName,
    to: tenantName,
    note: z.exactOptional(note),
    /** True where it goes on proving itself by what it did for its former owner, and so may whoever has a copy of that. */
    keepsProof: z.exactOptional(z.boolean()),
  }),
  output: deviceChange,
});
