import * as z from 'zod/mini';
import { ConfigurationError, type ConfigurationMistake } from './configuration-error.ts';
import { mistakesAcross } from './configuration-rules.ts';
import { type Configuration, configurationSchema } from './configuration-schema.ts';
import { allowedBy, valueAt } from './schema-issue.ts';

export type { Configuration, LineConfiguration, TenantConfiguration } from './configuration-schema.ts';

/**
 * Checks a configuration and fills in its defaults; `{}` is a whole one.
 * @throws ConfigurationError naming each mistake: what, got, allowed, fix.
 */
export const parseConfiguration = (input: unknown, approachNames: readonly string[]): Configuration => {
  const parsed = z.safeParse(configurationSchema, input);
  if (!parsed.success) throw new ConfigurationError(parsed.error.issues.map((issue) => mistakeOf(issue, input)));
  const mistakes = mistakesAcross(parsed.data, approachNames);
  if (mistakes.length > 0) throw new ConfigurationError(mistakes);
  return parsed.data;
};

const mistakeOf = (issue: z.core.$ZodIssue, input: unknown): ConfigurationMistake => {
  const where = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return {
      where: where === '' ? '(top level)' : where,
      got: issue.keys.map((key) => JSON.stringify(key)).join(', '),
      allowed: 'only settings that exist',
      fix: 'remove it, or look for a spelling mistake',
    };
  }
  return {
    where,
    got: describe(issue.code === 'invalid_key' ? issue.path.at(-1) : valueAt(input, issue.path)),
    allowed: allowedBy(issue),
    fix: `set ${where} to such a value, or remove it to get the default`,
  };
};

const describe = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
