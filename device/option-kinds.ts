import * as z from 'zod/mini';
import { parseDuration } from '../domain/duration.ts';
import { BadSetupError } from './bad-setup.ts';
import { parseEndpoint } from './endpoint.ts';

/** A duration such as `90s`; milliseconds. */
export const duration = z.pipe(
  z.string().check(z.refine((text) => parseDuration(text) !== undefined, 'expected a duration such as 90s, 5m or 1h')),
  z.transform((text) => parseDuration(text) ?? 0),
);

export const endpoint = z.string().check(z.refine((text) => parseEndpoint(text) !== undefined, 'expected "host" or "host:port"'));

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
