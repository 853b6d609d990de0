import * as z from 'zod/mini';
import { importCounts } from '../import-counts.ts';
import { defineOperation } from '../operation.ts';
import { manifestOrigin } from './devices-import.ts';

/** Puts on record that a manifest was imported, and what came of its rows. */
export const devicesImportFinish = defineOperation({
  name: 'devices.import-finish',
  roles: ['factory', 'operator'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({ manifest: manifestOrigin, counts: importCounts }),
  output: z.object({ manufacturer: z.optional(z.string()) }),
});
