import * as z from 'zod/mini';
import { keyKinds } from '../../domain/prover.ts';
import { deviceOptions, parseOptions } from '../option-kinds.ts';
import { serialNumber } from '../../domain/serial-number.ts';

const schema = z.object({
  credentialFile: z.optional(z.string()),
  serial: z.optional(serialNumber),
  ...deviceOptions,
  key: z.enum(keyKinds),
  json: z.boolean(),
});

export type RotateOptions = z.infer<typeof schema>;

/** Checks the options of `muster-device rotate`. @throws BadSetupError naming each that is not usable. */
export const parseRotateOptions = (options: unknown): RotateOptions => parseOptions(schema, options);
