import type * as z from 'zod/mini';

const MAX_SHOWN = 80;
const MAX_MISTAKES = 10;

/** What is wrong with an input: where, what was got, what is allowed. */
export const mistakesOf = (error: z.core.$ZodError, raw: unknown): string =>
  error.issues
    .slice(0, MAX_MISTAKES)
    .map(
      (issue) => `${issue.path.map(String).join('.') || 'input'}: got ${shown(valueAt(raw, issue.path))}; allowed is ${allowedBy(issue)}`,
    )
    .join('\n');

const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
};

const allowedBy = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return `a value of type ${issue.expected}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return issue.pattern === undefined ? `a valid ${issue.format}` : `text that matches ${issue.pattern}`;
    case 'unrecognized_keys':
      return `only what the operation knows, not ${issue.keys.map(shown).join(', ')}`;
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
      return issue.message.replace(/^expected /, '');
  }
};

const valueAt = (raw: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), raw);
