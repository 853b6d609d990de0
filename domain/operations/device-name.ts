import * as z from 'zod/mini';
import { lineName } from '../identifiers.ts';
import { serialNumber } from '../serial-number.ts';

/** What names a device: its serial, and its line where more than one has that serial. */
export const deviceName = { serialNumber, line: z.exactOptional(lineName) };

/** Why something is done, in the operator's own words. */
export const note = z.string().check(z.trim(), z.minLength(3), z.maxLength(200));
