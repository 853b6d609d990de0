import * as z from 'zod/mini';
import { deviceRecord } from './device-record.ts';

/** What came of a change to a device. */
export const deviceChange = z.object({
  /** `unchanged`: it was so already, and what was left to be done at AWS IoT is done. */
  outcome: z.enum(['changed', 'unchanged']),
  device: deviceRecord,
});

export type DeviceChange = z.infer<typeof deviceChange>;
