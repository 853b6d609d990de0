import type { Seal } from '../seal.ts';
import type { PeriodVersions } from './archive-index.ts';
import type { Archive, ArchivedVersion } from './archive.ts';
import { type EventPorts, checkEvents } from './check-events.ts';
import { type SealPorts, findSeal } from './find-seal.ts';
import type { Flaw } from './flaw.ts';
import { type VersionFlaw, flawOf, notSealed } from './flaw-of-version.ts';

const MAX_CLOCK_DIFFERENCE_MS = 300_000;

/** What a check is made with. */
export interface CheckPorts extends SealPorts, EventPorts {
  readonly archive: Archive;
}

/** One period by itself, not yet compared with those around it. */
export interface CheckedPeriod {
  readonly sequence: number;
  /** Only where it is signed. */
  readonly seal?: Seal;
  readonly flaws: readonly Flaw[];
}

/** Checks what there is of a period: its seal, its events, and that nothing lies over them. */
export const checkPeriod = async (ports: CheckPorts, { sequence, seals, events }: PeriodVersions): Promise<CheckedPeriod> => {
  const hiding = [...hidingFlaws(seals), ...hidingFlaws(events)];
  const found = await findSeal(ports, seals);
  if ('flaw' in found) return { sequence, flaws: [...hiding, found.flaw].map((flaw) => ({ ...flaw, sequence })) };
  const { seal, version } = found;
  const checked = await checkEvents(ports, seal, events);
  const own = ['flaw' in checked ? checked.flaw : undefined, clockFlaw(seal, version)].filter((flaw) => flaw !== undefined);
  const beside = events.filter(({ key }) => key !== seal.object.key).map(notSealed);
  return { sequence, seal, flaws: [...hiding, ...own, ...beside].map((flaw) => ({ ...flaw, sequence })) };
};

/** What was written over what is sealed: the current view shows that. */
const hidingFlaws = (versions: readonly ArchivedVersion[]): readonly VersionFlaw[] => {
  const contents = versions.filter(({ isDeleteMarker }) => !isDeleteMarker);
  const isAgain = ({ key, versionId }: ArchivedVersion) => contents.findLast((other) => other.key === key)?.versionId !== versionId;
  return versions.flatMap((version) => {
    if (version.isDeleteMarker) return [flawOf(version, 'delete-marker', 'somebody deleted it; what is sealed is below')];
    return isAgain(version) ? [flawOf(version, 'second-version', 'each is written once; the oldest version counts')] : [];
  });
};

/** A period cannot have ended after its seal was stored: then its events were not complete. */
const clockFlaw = ({ until }: Seal, version: ArchivedVersion): VersionFlaw | undefined =>
  until - version.storedAt <= MAX_CLOCK_DIFFERENCE_MS
    ? undefined
    : flawOf(version, 'clock-ahead', `stored at ${new Date(version.storedAt).toISOString()}, before the period ended`);
