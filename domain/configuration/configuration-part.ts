import * as z from 'zod/mini';
import { ConfigurationError, type ConfigurationMistake } from './configuration-error.ts';
import { allowedBy, valueAt } from '../schema-issue.ts';

/**
 * Reads a part of a configuration by its schema, and fills in its defaults. `at` is the path of the part, e.g. `approaches.psk`.
 * @throws ConfigurationError naming each mistake: what, got, allowed, fix.
 */
export const parsePart = <Schema extends z.ZodMiniType>(schema: Schema, input: unknown, at = ''): z.output<Schema> => {
  const parsed = z.safeParse(schema, input);
  if (!parsed.success) throw new ConfigurationError(parsed.error.issues.map((issue) => mistakeOf(issue, input, at)));
  return parsed.data;
};

const mistakeOf = (issue: z.core.$ZodIssue, input: unknown, at: string): ConfigurationMistake => {
  const where = [...(at === '' ? [] : [at]), ...issue.path].join('.');
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
