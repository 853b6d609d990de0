import { archivedAs } from '../archive-layout.ts';
import type { ArchivedVersion } from './archive.ts';

/** What there is of one period; the newest version of a key first. */
export interface PeriodVersions {
  readonly sequence: number;
  readonly seals: readonly ArchivedVersion[];
  readonly events: readonly ArchivedVersion[];
}

/** The versions of an archive by period. */
export interface ArchiveIndex {
  /** In the order of their numbers; only those of which there is something. */
  readonly periods: readonly PeriodVersions[];
  /** What stands where events and seals stand, and is none by its name. */
  readonly strangers: readonly ArchivedVersion[];
}

export const indexArchive = async (versions: AsyncIterable<ArchivedVersion>): Promise<ArchiveIndex> => {
  const periods = new Map<number, { sequence: number; seals: ArchivedVersion[]; events: ArchivedVersion[] }>();
  const strangers: ArchivedVersion[] = [];
  for await (const version of versions) {
    const what = archivedAs(version.key);
    if (what === undefined) {
      // The bucket may have more in it; what lies where a query looks for events may not.
      if (/^(events|seals)\//.test(version.key)) strangers.push(version);
      continue;
    }
    const period = periods.get(what.sequence) ?? { sequence: what.sequence, seals: [], events: [] };
    period[what.kind === 'seal' ? 'seals' : 'events'].push(version);
    periods.set(what.sequence, period);
  }
  return { periods: [...periods.values()].toSorted((one, other) => one.sequence - other.sequence), strangers };
};
