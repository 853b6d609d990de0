import { sealKeyOf } from '../../domain/audit/archive-layout.ts';
import type { ArchiveKeeper } from '../../domain/audit/archive-keeper.ts';
import { readSeal, type Seal } from '../../domain/audit/seal.ts';
import { ForeignObjectError } from './foreign-object-error.ts';

type Looker = Pick<ArchiveKeeper, 'isThere' | 'first'>;

/**
 * The last seal of the chain. Numbers have no gaps, so that few looks find it however many there are; the last is looked for among the
 * versions, where nobody hides it behind a delete marker.
 * @throws ForeignObjectError where something else is in its place.
 */
export const findLastSeal = async (archive: Looker, after = 0): Promise<Seal | undefined> => {
  let sequence = await lastVisible(archive, after);
  let last = sequence === 0 ? undefined : await archive.first(sealKeyOf(sequence));
  for (let next = await archive.first(sealKeyOf(sequence + 1)); next !== undefined; ) {
    last = next;
    sequence = await lastVisible(archive, sequence + 1);
    if (next.key !== sealKeyOf(sequence)) last = await archive.first(sealKeyOf(sequence));
    next = await archive.first(sealKeyOf(sequence + 1));
  }
  if (last === undefined) return undefined;
  const seal = readSeal(Buffer.from(last.bytes).toString('utf8'))?.seal;
  if (seal?.sequence !== sequence) throw new ForeignObjectError(last.key, 'is no seal of this number');
  return seal;
};

// `low` is there, or is where there is nothing yet.
const lastVisible = async (archive: Looker, from: number): Promise<number> => {
  let low = from;
  let step = 1;
  for (; await archive.isThere(sealKeyOf(low + step)); step *= 2) low += step;
  for (let high = low + step; high - low > 1; ) {
    const middle = Math.floor((low + high) / 2);
    if (await archive.isThere(sealKeyOf(middle))) low = middle;
    else high = middle;
  }
  return low;
};
