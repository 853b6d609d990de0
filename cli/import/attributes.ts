import type { EnrollmentMistake } from '../../domain/enroller.ts';
import { MAX_ATTRIBUTE_LENGTH, MAX_ATTRIBUTES } from '../../domain/operations/devices-import.ts';
import { ATTRIBUTE_NAME, nearlyKnown } from '../manifest/columns.ts';
import type { ManifestRow } from '../manifest/manifest-row.ts';

/** What the manufacturer says of a device beside what Muster asks: every other field that is filled. */
export const attributesOf = (
  fields: ManifestRow['fields'],
  known: readonly string[],
): { readonly attributes: Readonly<Record<string, string>> } | EnrollmentMistake => {
  const others = Object.entries(fields).filter(([name, value]) => !known.includes(name) && value !== '');
  if (others.length > MAX_ATTRIBUTES) return mistake(`${others.length} of them`, 'leave out those that nothing is decided by');
  for (const [name, value] of others) {
    const meant = nearlyKnown(name, known);
    if (meant !== undefined) return mistake(`one called ${JSON.stringify(name)}`, `write "${meant}", or call it otherwise`);
    if (!ATTRIBUTE_NAME.test(name)) return mistake(`one called ${JSON.stringify(name.slice(0, 80))}`, 'rename it');
    if (value.length > MAX_ATTRIBUTE_LENGTH) return mistake(`one of ${value.length} characters, "${name}"`, 'shorten it');
  }
  return { attributes: Object.fromEntries(others) };
};

const mistake = (got: string, fix: string): EnrollmentMistake => ({
  what: 'attributes',
  got,
  allowed: `at most ${MAX_ATTRIBUTES}, each of at most ${MAX_ATTRIBUTE_LENGTH} characters, under names of letters, digits, dots, dashes and underscores that begin with a letter`,
  fix,
});
