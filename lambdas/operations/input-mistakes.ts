import type * as z from 'zod/mini';
import { allowedBy, valueAt } from '../../domain/schema-issue.ts';

const MAX_SHOWN = 80;
const MAX_MISTAKES = 10;

/** What is wrong with an input: where, what was got, what is allowed. */
export const mistakesOf = (error: z.core.$ZodError, raw: unknown): string =>
  error.issues
    .slice(0, MAX_MISTAKES)
    .map(
      (issue) => `${issue.path.map(String).join('.') || 'input'}: got ${shown(valueAt(raw, issue.path))}; allowed is ${allowedHere(issue)}`,
    )
    .join('\n');

const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
};

const allowedHere = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys' ? `only what the operation knows, not ${issue.keys.map(shown).join(', ')}` : allowedBy(issue);
