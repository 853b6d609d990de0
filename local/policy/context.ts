import type { ContextLookup } from './match-pattern.ts';

/** Context keys and their values, one or several each; keys without a value are absent. */
type ContextValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** As `contextOf`, with values that are gathered when a key is first asked for: most policies have no conditions. */
export function lazyContextOf(gather: () => ContextValues): ContextLookup {
  let byKey: Map<string, string | readonly string[] | undefined> | undefined;
  return (key) => {
    byKey ??= new Map(Object.entries(gather()).map(([name, value]) => [name.toLowerCase(), value]));
    const value = byKey.get(key.toLowerCase());
    return typeof value === 'string' ? [value] : (value ?? []);
  };
}

/**
 * Looks up condition keys without regard to case, as IAM does (IAM User Guide, "AWS JSON policy elements: Condition").
 * @param values by key, e.g. `aws:SourceArn`
 */
export const contextOf = (values: ContextValues): ContextLookup => lazyContextOf(() => values);
