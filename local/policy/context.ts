import type { ContextLookup } from './match-pattern.ts';

/**
 * Looks up condition keys without regard to case, as IAM does (IAM User Guide, "AWS JSON policy elements: Condition").
 * @param values by key, e.g. `aws:SourceArn`, one or several each; keys without a value are absent
 */
export function contextOf(values: Readonly<Record<string, string | readonly string[] | undefined>>): ContextLookup {
  let byKey: Map<string, string | readonly string[] | undefined> | undefined;
  return (key) => {
    // Most policies have no conditions: what nobody looks up is not prepared.
    byKey ??= new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
    const value = byKey.get(key.toLowerCase());
    return typeof value === 'string' ? [value] : (value ?? []);
  };
}
