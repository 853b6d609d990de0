import * as z from 'zod/mini';
import { defineOperation } from '../operation.ts';
import { recoveryTicket } from '../recovery/recovery-ticket.ts';
import { deviceChange } from './device-change.ts';
import { deviceName, note } from './device-name.ts';
import { MINUTE_MS, DAY_MS } from '../duration.ts';

/** Makes a ticket for a device whose certificate is over. It takes two people, and whoever agrees gets the ticket. */
export const devicesRecover = defineOperation({
  name: 'devices.recover',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: true,
  input: z.strictObject({
    ...deviceName,
    note,
    /** How long the ticket is good, in milliseconds, from when the second of the two agrees. */
    forMs: z.int().check(z.minimum(MINUTE_MS), z.maximum(DAY_MS)),
  }),
  output: z.extend(deviceChange, {
    /** None of a dry run; the only time that it is told. */
    ticket: z.exactOptional(recoveryTicket),
  }),
});
