import * as z from 'zod/mini';
import { valueAt } from '../domain/schema-issue.ts';
import { UsageError } from './usage-error.ts';

/**
 * The options of a command, checked.
 * @throws UsageError naming each that cannot be.
 */
export const readOptions = <Schema extends z.ZodMiniType>(schema: Schema, raw: unknown): z.infer<Schema> => {
  const parsed = z.safeParse(schema, raw);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map(({ path, message }) => `${nameOf(path)}: got ${JSON.stringify(valueAt(raw, path))}; ${message}`);
  throw new UsageError(mistakes.join('\n'));
};

const nameOf = (path: readonly PropertyKey[]): string =>
  path
    .map(String)
    .join('.')
    .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
