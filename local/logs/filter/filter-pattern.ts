import { AwsError } from '../../aws-error.ts';
import { jsonPattern } from './json-pattern.ts';
import type { MessageTest } from './message-test.ts';
import { termPattern } from './term-pattern.ts';

const invalid = (pattern: string, why: string): AwsError =>
  new AwsError('InvalidParameterException', `Invalid filter pattern '${pattern}': ${why}`);

/**
 * Compiles a filter pattern (CloudWatch Logs User Guide, "Filter pattern syntax"): terms, or `{ $.member = value }`.
 * Throws `InvalidParameterException` for one that is neither; space-delimited patterns and regular expressions are not
 * supported and refused.
 */
export const compileFilterPattern = (pattern: string): MessageTest => {
  const text = pattern.trim();
  if (text === '') return () => true;
  try {
    return text.startsWith('{') ? jsonPattern(text) : termPattern(text);
  } catch (cause) {
    throw invalid(pattern, cause instanceof Error ? cause.message : String(cause));
  }
};
