import { readAhead } from '../../domain/audit/verification/read-ahead.ts';
import type { Archive, ArchivedVersion } from '../../domain/audit/verification/archive.ts';
import { hasVersion, lastSealIn, writeListing, writeVersion } from './archive-folder.ts';

const AT_ONCE = 16;

/** Where an archive is copied to. */
export interface DownloadWish {
  readonly folder: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly onProgress: (done: number, total: number) => void;
}

/** What was copied. */
export interface Downloaded {
  /** Versions and delete markers that there are. */
  readonly versions: number;
  /** How many of them were not in the folder yet. */
  readonly fetched: number;
  /** The newest seal of the copy before, where the archive has it no more: its end was cut off, or put in place of another. */
  readonly lost?: string;
}

/**
 * Copies every version and delete marker of an archive into a folder. What is there already stays: a version never changes, so
 * that the same command again goes on, or fetches what has come since. Where the archive has lost its end, the copy keeps the list
 * that it had.
 */
export const downloadArchive = async (archive: Archive, { folder, now, onProgress }: DownloadWish): Promise<Downloaded> => {
  const versions: ArchivedVersion[] = [];
  for await (const version of archive.list()) versions.push(version);
  let [done, fetched] = [0, 0];
  for await (const isNew of readAhead(versions, AT_ONCE, (version) => fetchVersion(archive, folder, version))) {
    done += 1;
    fetched += isNew ? 1 : 0;
    onProgress(done, versions.length);
  }
  const copied = { versions: versions.length, fetched };
  const last = await lastSealIn(folder);
  if (last !== undefined && !versions.some(({ key, versionId }) => key === last.key && versionId === last.versionId))
    return { ...copied, lost: last.key };
  await writeListing(folder, now, versions);
  return copied;
};

const fetchVersion = async (archive: Archive, folder: string, version: ArchivedVersion): Promise<boolean> => {
  if (await hasVersion(folder, version)) return false;
  const bytes = await archive.read(version);
  // One that went between the listing and now is missing, and is found to be.
  if (bytes !== undefined) await writeVersion(folder, version, bytes);
  return bytes !== undefined;
};
