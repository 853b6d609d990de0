import { eventsKeyOf } from '../archive-layout.ts';
import type { Seal, SignedSeal } from '../seal.ts';
import { type ArchiveIndex, type PeriodVersions, indexArchive } from './archive-index.ts';
import { type Before, Chain } from './chain.ts';
import { type ExpectedEnd, endFlaws, witnessFlaws } from './check-end.ts';
import { type CheckPorts, checkPeriod } from './check-period.ts';
import { findSeal } from './find-seal.ts';
import { type Flaw, breaksChain } from './flaw.ts';
import { notSealed } from './flaw-of-version.ts';
import { readAhead } from './read-ahead.ts';

/** Periods that are read at a time: what S3 takes to answer is waited for once. */
const AT_ONCE = 8;

/** What to check. */
export interface VerificationWish extends ExpectedEnd {
  /** The first period to check; 1 for all history. */
  readonly first: number;
  /** The last; without it, whether the end is there is checked, too. */
  readonly last?: number;
  /** Seals that somebody else kept, signed: the archive must have them. */
  readonly witnesses: readonly SignedSeal[];
  /** Told after each period. */
  readonly onProgress: (done: number, total: number) => void;
}

/** What came of it. */
export interface Verification {
  /** Whether there is no flaw at all. */
  readonly isIntact: boolean;
  /** By period: the first broken link is the first. */
  readonly flaws: readonly Flaw[];
  readonly periods: number;
  readonly events: number;
  /** History is vouched for from one instant to another, in milliseconds since the epoch, up to the period `last`; undefined where none is. */
  readonly vouchedFor?: { readonly from: number; readonly until: number; readonly last: number };
  /** Objects of a period that is about to be sealed: nobody vouches for them yet. */
  readonly unsealed: readonly string[];
}

/** Checks sealed history by itself: against nothing but its signatures, its own links, and seals that others kept. */
export const verifyArchive = async (ports: CheckPorts, wish: VerificationWish): Promise<Verification> => {
  const { first, last } = wish;
  const index = await indexArchive(ports.archive.list());
  const wanted = index.periods.filter(({ sequence }) => sequence >= first && sequence <= (last ?? sequence));
  const pending = wanted.slice(-1).filter(isPending);
  const complete = wanted.slice(0, wanted.length - pending.length);
  const chain = new Chain(await before(ports, index, first), first);
  let checked = 0;
  for await (const period of readAhead(complete, AT_ONCE, (versions) => checkPeriod(ports, versions))) {
    chain.add(period);
    checked += 1;
    wish.onProgress(checked, complete.length);
  }
  const unsealed = pending.filter((versions) => isNext(versions, chain.seals.at(-1)));
  for (const versions of pending) if (!unsealed.includes(versions)) chain.add(await checkPeriod(ports, versions));
  if (last !== undefined) chain.expect(last + 1);
  const { seals } = chain;
  const ends = [...(last === undefined ? endFlaws(seals.at(-1), wish) : []), ...witnessFlaws(seals, wish.witnesses)];
  const flaws = [...chain.flaws, ...ends, ...index.strangers.map((version) => ({ ...notSealed(version), sequence: 0 }))];
  return { ...verdict(seals, flaws), unsealed: unsealed.flatMap(({ events }) => events.map(({ key }) => key)) };
};

/** Events whose seal is yet to be written: a sealing function that is at work, or one that died, leaves such. */
export const isPending = ({ seals, events }: PeriodVersions): boolean =>
  seals.length === 0 && events.length === 1 && events[0]?.isDeleteMarker === false;

const isNext = ({ sequence, events }: PeriodVersions, last: Seal | undefined): boolean =>
  last === undefined ? sequence === 1 : sequence === last.sequence + 1 && events[0]?.key === eventsKeyOf(sequence, last.until);

/** What stands before the first period that is to be checked. */
const before = async (ports: CheckPorts, { periods }: ArchiveIndex, first: number): Promise<Before> => {
  if (first === 1) return 'nothing';
  const versions = periods.find(({ sequence }) => sequence === first - 1);
  const found = versions === undefined ? undefined : await findSeal(ports, versions.seals);
  return found !== undefined && 'seal' in found && found.seal.sequence === first - 1 ? found.seal : 'unknown';
};

const verdict = (seals: readonly Seal[], all: readonly Flaw[]): Omit<Verification, 'unsealed'> => {
  const flaws = all.toSorted((one, other) => one.sequence - other.sequence);
  const end = flaws.find(breaksChain)?.sequence ?? Infinity;
  const vouched = seals.filter(({ sequence }) => sequence < end);
  const [from, until] = [vouched.at(0), vouched.at(-1)];
  return {
    isIntact: flaws.length === 0,
    flaws,
    periods: seals.length,
    events: seals.reduce((sum, { count }) => sum + count, 0),
    ...(from === undefined || until === undefined ? {} : { vouchedFor: { from: from.from, until: until.until, last: until.sequence } }),
  };
};
