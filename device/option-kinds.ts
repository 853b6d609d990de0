import * as z from 'zod/mini';
import { parseDuration } from '../domain/duration.ts';
import { BadSetupError } from './bad-setup.ts';
import { parseEndpoint } from './mqtt/endpoint.ts';
import { mqttVersions } from './mqtt/mqtt-session.ts';

/** A duration such as `90s`; milliseconds. */
export const duration = z.pipe(
  z.string().check(z.refine((text) => parseDuration(text) !== undefined, 'expected a duration such as 90s, 5m or 1h')),
  z.transform((text) => parseDuration(text) ?? 0),
);

const endpoint = z.string().check(z.refine((text) => parseEndpoint(text) !== undefined, 'expected "host" or "host:port"'));

/** What every command takes: where the device keeps what it has, whom it connects to, and for how long it tries. */
export const deviceOptions = {
  state: z.string(),
  endpoint: z.optional(endpoint),
  ca: z.optional(z.string()),
  serverName: z.optional(z.string()),
  mqttVersion: z.enum(mqttVersions),
  timeout: duration,
};

/**
 * Checks the options of a command.
 * @throws BadSetupError naming each that is not usable.
 */
export const parseOptions = <Options>(schema: z.ZodMiniType<Options>, options: unknown): Options => {
  const parsed = z.safeParse(schema, options);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map(
    ({ path, message }) =>
      `--${path
        .slice(0, 1)
        .join('')
        .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${message}`,
  );
  throw new BadSetupError(mistakes.join('; '));
};
