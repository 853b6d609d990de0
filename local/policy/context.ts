import type { ContextLookup } from './match-pattern.ts';

/**
 * Looks up condition keys without regard to case, as IAM does (IAM User Guide, "AWS JSON policy elements: Condition").
 * @param values by key, e.g. `aws:SourceArn`; keys without a value are absent
 */
export function contextOf(values: Readonly<Record<string, string | undefined>>): ContextLookup {
  const byKey = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value === undefined ? [] : [value]]));
  return (key) => byKey.get(key.toLowerCase()) ?? [];
}
