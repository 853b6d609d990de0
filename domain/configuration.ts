import * as z from 'zod/mini';
import { ConfigurationError, type ConfigurationMistake } from './configuration-error.ts';
import { mistakesAcross } from './configuration-rules.ts';
import { type Configuration, configurationSchema } from './configuration-schema.ts';

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

const allowedBy = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return `a value of type ${issue.expected}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return issue.format === 'regex' ? `text that matches ${issue.pattern ?? ''}` : `a valid ${issue.format}`;
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_key': {
      const [cause] = issue.issues;
      return cause === undefined ? issue.message : `a name that is ${allowedBy(cause)}`;
    }
    case 'custom':
    case 'invalid_element':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return issue.message;
  }
};

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), input);

const describe = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
