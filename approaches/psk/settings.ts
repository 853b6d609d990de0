import * as z from 'zod/mini';
import type { Configuration } from '../../domain/configuration/configuration-schema.ts';
import { ConfigurationError } from '../../domain/configuration/configuration-error.ts';
import { linesByAuthorizer, mistakesOfLines } from '../../domain/configuration/configuration-lines-by-authorizer.ts';
import { parsePart } from '../../domain/configuration/configuration-part.ts';
import { lineName } from '../../domain/identifiers.ts';
import { masterVersion } from './evidence/secret.ts';

/** AWS IoT takes nothing else for a connection's length and for its policy's (Developer Guide, "Defining your Lambda function"). */
const sessionSeconds = z.int().check(z.minimum(300), z.maximum(86_400));

const line = z.strictObject({
  /** Of the keys that are good now: one, or two while a line changes from one to the next. */
  keyVersions: z._default(
    z.array(masterVersion).check(
      z.minLength(1),
      z.maxLength(2),
      z.refine((versions) => new Set(versions).size === versions.length, 'expected each version once'),
    ),
    [1],
  ),
  /** How long a connection lasts at most. */
  sessionSeconds: z._default(sessionSeconds, 86_400),
  /** How soon AWS IoT asks again what a connected device may do; with the end of the connection unless said. */
  refreshSeconds: z.optional(sessionSeconds),
  /** How far a device's clock may be off. */
  windowSeconds: z._default(z.int().check(z.minimum(10), z.maximum(3600)), 300),
});

const settings = z.strictObject({
  lines: z._default(z.record(z.string(), line), {}),
  /** Connections judged at once; `shared` takes what the account has left. */
  reservedConcurrency: z._default(
    z.union([z.literal('shared'), z.int().check(z.minimum(1), z.maximum(1000))], 'expected "shared", or a number from 1 to 1000'),
    20,
  ),
});

/** What PSK does with one line. */
export const pskLine = z.object({
  name: lineName,
  keyVersions: z.readonly(z.array(z.number())),
  sessionSeconds: z.number(),
  refreshSeconds: z.number(),
  windowSeconds: z.number(),
});

export type PskLine = z.infer<typeof pskLine>;

export interface PskSettings {
  /** Those of the lines that use PSK. */
  readonly lines: readonly PskLine[];
  readonly reservedConcurrency: number | 'shared';
}

/**
 * Reads the settings of a configuration and fills in their defaults.
 * @throws ConfigurationError naming each mistake: what, got, allowed, fix.
 */
export const pskSettingsOf = (configuration: Pick<Configuration, 'lines' | 'approaches'>): PskSettings => {
  const given = parsePart(settings, configuration.approaches['psk'] ?? {}, 'approaches.psk');
  const users = linesByAuthorizer(configuration, 'psk');
  const mistakes = mistakesOfLines('psk', users, Object.keys(given.lines));
  if (mistakes.length > 0) throw new ConfigurationError(mistakes);
  return { lines: users.map(({ name }) => ofLine(name, given.lines[name])), reservedConcurrency: given.reservedConcurrency };
};

const ofLine = (name: PskLine['name'], said: z.infer<typeof line> = z.parse(line, {})): PskLine => ({
  ...said,
  name,
  refreshSeconds: said.refreshSeconds ?? said.sessionSeconds,
});
