import type { ContextLookup } from './match-pattern.ts';

/** Context keys and their values, one or several each; keys without a value are absent. */
type ContextValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** As `contextOf`, with values that are gathered when a key is first asked for: most policies have no conditions. */
export function lazyContextOf(gather: () => ContextValues): ContextLookup {
  let gathered: ContextValues | undefined;
  return (key) => {
    gathered ??= gather();
    const value = valueOf(gathered, key);
    return typeof value === 'string' ? [value] : (value ?? []);
  };
}

/** Of keys that differ in case alone the last counts. Most are asked for as they are spelled, or are not there. */
const valueOf = (values: ContextValues, key: string): ContextValues[string] => {
  const wanted = key.toLowerCase();
  const names = Object.keys(values).filter((name) => name.length === key.length && name.toLowerCase() === wanted);
  return values[names.at(-1) ?? ''];
};

/**
 * Looks up condition keys without regard to case, as IAM does (IAM User Guide, "AWS JSON policy elements: Condition").
 * @param values by key, e.g. `aws:SourceArn`
 */
export const contextOf = (values: ContextValues): ContextLookup => lazyContextOf(() => values);
