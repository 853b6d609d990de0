import * as z from 'zod/mini';
import { claimName, lineName } from '../../domain/identifiers.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { endpointOption } from './options.ts';

/** What `muster claims create` takes, for a batch or for a technician. */
export const createOptions = z.object({
  line: lineName,
  name: z.optional(claimName),
  quota: z.optional(z.coerce.number().check(z.int('expected a whole number'), z.minimum(1), z.maximum(10_000_000))),
  opens: z.optional(z.string()),
  expires: z.optional(z.string()),
  from: z.optional(serialNumber),
  to: z.optional(serialNumber),
  manifest: z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/, 'expected SHA-256 of the manifest in 64 hexadecimal digits'))),
  contact: z.optional(z.string().check(z.maxLength(200))),
  out: z.string(),
  endpoint: endpointOption,
  sealTo: z.optional(z.string()),
  field: z.boolean(),
  dryRun: z.boolean(),
  json: z.boolean(),
});

export type CreateOptions = z.infer<typeof createOptions>;
