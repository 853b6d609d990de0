import * as z from 'zod/mini';
import type { Configuration } from '../../domain/configuration-schema.ts';
import { ConfigurationError, type ConfigurationMistake } from '../../domain/configuration-error.ts';
import { lineName } from '../../domain/identifiers.ts';
import { allowedBy, valueAt } from '../../domain/schema-issue.ts';
import { keyVersion } from './evidence/secret.ts';

/** AWS IoT takes nothing else for a connection's length and for its policy's (Developer Guide, "Defining your Lambda function"). */
const sessionSeconds = z.int().check(z.minimum(300), z.maximum(86_400));

const line = z.strictObject({
  /** Of the keys that are good now: one, or two while a line changes from one to the next. */
  keyVersions: z._default(
    z.array(keyVersion).check(
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

const WHERE = 'approaches.psk';

/**
 * Reads the settings of a configuration and fills in their defaults.
 * @throws ConfigurationError naming each mistake: what, got, allowed, fix.
 */
export const pskSettingsOf = ({ lines, approaches }: Pick<Configuration, 'lines' | 'approaches'>): PskSettings => {
  const raw = approaches['psk'] ?? {};
  const parsed = z.safeParse(settings, raw);
  if (!parsed.success) throw new ConfigurationError(parsed.error.issues.map((issue) => mistakeOf(issue, raw)));
  const users = lines.filter((one) => one.approaches.includes('psk'));
  const mistakes = [...strangers(Object.keys(parsed.data.lines), users), ...users.flatMap(approvalMistakes)];
  if (mistakes.length > 0) throw new ConfigurationError(mistakes);
  return {
    lines: users.map(({ name }) => ofLine(name, parsed.data.lines[name])),
    reservedConcurrency: parsed.data.reservedConcurrency,
  };
};

type Line = Configuration['lines'][number];

const ofLine = (name: Line['name'], said: z.infer<typeof line> = z.parse(line, {})): PskLine => ({
  ...said,
  name,
  refreshSeconds: said.refreshSeconds ?? said.sessionSeconds,
});

const mistakeOf = (issue: z.core.$ZodIssue, raw: unknown): ConfigurationMistake => {
  const where = [WHERE, ...issue.path].join('.');
  if (issue.code === 'unrecognized_keys')
    return {
      where,
      got: issue.keys.map((key) => JSON.stringify(key)).join(', '),
      allowed: 'only settings that exist',
      fix: 'remove it, or look for a spelling mistake',
    };
  return {
    where,
    got: JSON.stringify(valueAt(raw, issue.path) ?? null),
    allowed: allowedBy(issue),
    fix: 'set it to such a value, or remove it to get the default',
  };
};

const strangers = (named: readonly string[], users: readonly Line[]): readonly ConfigurationMistake[] =>
  named
    .filter((name) => !users.some((user) => user.name === name))
    .map((name) => ({
      where: `${WHERE}.lines.${name}`,
      got: 'settings of a line that does not use PSK',
      allowed: users.length === 0 ? 'none, since no line uses it' : users.map((user) => user.name).join(', '),
      fix: `name "psk" in the line's approaches, or remove the settings`,
    }));

// Approval is for a key that a device brings; this one comes from the cloud.
const approvalMistakes = ({ name, approval }: Line): readonly ConfigurationMistake[] =>
  approval === 'none'
    ? []
    : [
        {
          where: `lines.${name}.approval`,
          got: `"${approval}" on a line that uses PSK`,
          allowed: '"none": the device brings no key of its own that somebody could approve',
          fix: 'remove it; a device without an issued key cannot connect, and keys are issued one by one where that is wanted',
        },
      ];
