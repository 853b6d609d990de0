import * as z from 'zod/mini';
import { keyDigest } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { deviceChange } from './device-change.ts';
import { deviceName } from './device-name.ts';

/** Lets one other key in for a serial that is bound, once and until a certain time. */
export const devicesReadmit = defineOperation({
  name: 'devices.readmit',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({
    ...deviceName,
    key: z.exactOptional(keyDigest),
    /** Milliseconds since the epoch, at most thirty days ahead. */
    until: z.number(),
    /** What the other key must prove, where that differs: the key of a new enrollment code. */
    requirement: z.exactOptional(z.record(z.string().check(z.maxLength(64)), z.string().check(z.maxLength(2048)))),
  }),
  output: deviceChange,
});
