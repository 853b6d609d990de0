import * as z from 'zod/mini';
import { keyKinds } from '../../domain/prover.ts';
import { mqttVersions } from '../mqtt-session.ts';
import { duration, endpoint, parseOptions } from '../option-kinds.ts';
import { serialNumber } from '../../domain/serial-number.ts';

const schema = z.object({
  credentialFile: z.optional(z.string()),
  serial: z.optional(serialNumber),
  state: z.string(),
  endpoint: z.optional(endpoint),
  ca: z.optional(z.string()),
  serverName: z.optional(z.string()),
  mqttVersion: z.enum(mqttVersions),
  key: z.enum(keyKinds),
  timeout: duration,
  json: z.boolean(),
});

export type RotateOptions = z.infer<typeof schema>;

/** Checks the options of `muster-device rotate`. @throws BadSetupError naming each that is not usable. */
export const parseRotateOptions = (options: unknown): RotateOptions => parseOptions(schema, options);
