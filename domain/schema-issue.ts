import type * as z from 'zod/mini';

/** What was given where a schema finds a mistake; `undefined` when nothing was. */
export const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), input);

/** What a schema allows where it finds a mistake, in words. */
export const allowedBy = (issue: z.core.$ZodIssue): string => {
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
      return issue.message.replace(/^expected /, '');
  }
};
