import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { archivedAs } from '../../domain/audit/archive-layout.ts';
import type { Archive, ArchivedVersion } from '../../domain/audit/verification/archive.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { CommandError } from '../command-error.ts';
import { errorCodeOf } from '../error-code.ts';

/** Every version that there was, a line each; beside it a folder with their bytes. It is written last. */
const LISTING = 'versions.jsonl';

const listed = z.object({ key: z.string(), versionId: z.string(), isDeleteMarker: z.boolean(), storedAt: z.number() });
const heading = z.object({ listedAt: z.number() });

type Named = Pick<ArchivedVersion, 'key' | 'versionId'>;

/** An archive that was copied into a folder, and when it was listed. */
export interface ArchiveFolder {
  readonly archive: Archive;
  /** Milliseconds since the epoch. */
  readonly listedAt: number;
}

/**
 * Opens a folder that `muster audit download` wrote.
 * @throws CommandError where it is none, or the copy is not complete.
 */
export const openArchiveFolder = async (folder: string): Promise<ArchiveFolder> => {
  const lines = linesOf(folder);
  const first = await lines.next().catch((cause: unknown) => {
    throw new CommandError(`${join(folder, LISTING)} cannot be read (${String(cause)}): it is what "muster audit download" writes last.`, {
      cause,
    });
  });
  const { listedAt } = read(heading, folder, first.value ?? '');
  return { listedAt, archive: { list: () => versionsIn(folder), read: (version) => readVersion(folder, version) } };
};

const linesOf = async function* (folder: string): AsyncGenerator<string, undefined> {
  yield* createInterface({ input: createReadStream(join(folder, LISTING)), crlfDelay: Infinity });
  return undefined;
};

const versionsIn = async function* (folder: string): AsyncGenerator<ArchivedVersion> {
  let isHeading = true;
  for await (const line of linesOf(folder)) {
    if (!isHeading) yield read(listed, folder, line);
    isHeading = false;
  }
};

const read = <Schema extends z.ZodMiniType>(schema: Schema, folder: string, line: string): z.infer<Schema> => {
  const parsed = z.safeParse(schema, parseJson(line));
  if (parsed.success) return parsed.data;
  throw new CommandError(
    `${join(folder, LISTING)} has a line that "muster audit download" never wrote: ${JSON.stringify(line.slice(0, 200))}.`,
  );
};

// Keys and ids come from a bucket that somebody may have written into: only known forms become paths.
const pathOf = (folder: string, { key, versionId }: Named): string | undefined =>
  archivedAs(key) === undefined ? undefined : join(folder, 'versions', key, `v-${encodeURIComponent(versionId)}`);

const readVersion = async (folder: string, version: Named): Promise<Uint8Array | undefined> => {
  const path = pathOf(folder, version);
  try {
    return path === undefined ? undefined : await readFile(path);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/** Whether a version is in the folder, or need not be. */
export const hasVersion = async (folder: string, version: ArchivedVersion): Promise<boolean> => {
  const path = pathOf(folder, version);
  if (path === undefined || version.isDeleteMarker) return true;
  return isThere(path);
};

/** Writes a version; half of one is never under its name. */
export const writeVersion = async (folder: string, version: Named, bytes: Uint8Array): Promise<void> => {
  const path = pathOf(folder, version);
  if (path === undefined) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.part`, bytes);
  await rename(`${path}.part`, path);
};

/** The newest seal that a folder lists, in the version that counts; `undefined` where it lists none, or no copy of it was finished yet. */
export const lastSealIn = async (folder: string): Promise<Named | undefined> => {
  if (!(await isThere(join(folder, LISTING)))) return undefined;
  const last = { sequence: 0, version: undefined as Named | undefined };
  // Of one key the newest version comes first, and the oldest counts.
  for await (const version of versionsIn(folder)) {
    const what = archivedAs(version.key);
    if (what?.kind !== 'seal' || version.isDeleteMarker || what.sequence < last.sequence) continue;
    [last.sequence, last.version] = [what.sequence, version];
  }
  return last.version;
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Writes what there is: the end of a copy. */
export const writeListing = async (folder: string, listedAt: number, versions: readonly ArchivedVersion[]): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const lines = [{ listedAt }, ...versions].map((line) => `${JSON.stringify(line)}\n`);
  await writeFile(join(folder, `${LISTING}.part`), lines);
  await rename(join(folder, `${LISTING}.part`), join(folder, LISTING));
};
