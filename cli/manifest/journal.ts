import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { ImportCounts } from '../../domain/import-counts.ts';
import { CommandError } from '../command-error.ts';
import { DoneRows, type RowRange } from './done-rows.ts';
import { addCounts, noCounts } from './row-counts.ts';

const SYNC_EVERY_MS = 500;

/** What the rows of an import depend on: what was begun with other values cannot be gone on with. */
export interface JournalBinding {
  /** SHA-256 of the manifest in hexadecimal digits. */
  readonly digest: string;
  /** Everything else that the rows are read with, in one spelling. */
  readonly wishes: string;
}

const header = z.object({ version: z.literal(1), digest: z.string(), wishes: z.string() });
const count = z.number();
const entry = z.object({
  first: count,
  last: count,
  results: z.exactOptional(count),
  counts: z.object({ rows: count, created: count, unchanged: count, conflicting: count, refused: count }),
});

export type JournalEntry = RowRange & { readonly counts: ImportCounts; readonly results?: number };

/** Where an import stands, beside its manifest: so that after a crash it goes on where it was. */
export interface Journal {
  readonly done: DoneRows;
  /** Of the rows that are done. */
  readonly counts: ImportCounts;
  /** How long the file of results was when the last entry was written; undefined where there was none. */
  readonly resultsLength: number | undefined;
  append(entry: JournalEntry): Promise<void>;
  /** Returns when all of it is on the medium. */
  close(): Promise<void>;
  /** All is done: there is nothing to go on with. */
  discard(): Promise<void>;
}

export const journalPathOf = (manifest: string): string => `${manifest}.muster-journal`;

/** Opens the journal of an import; one of another file, or of other wishes, is discarded. */
export const openJournal = async (manifest: string, binding: JournalBinding): Promise<Journal> => {
  const path = journalPathOf(manifest);
  const { entries, length } = await readEntries(path, binding);
  const done = new DoneRows();
  for (const one of entries) done.add(one);
  const file = await openFile(path, length);
  if (length === 0) await file.write(`${JSON.stringify({ version: 1, ...binding })}\n`);
  const write = boundedSync(file);
  return {
    done,
    counts: entries.reduce((sum, { counts }) => addCounts(sum, counts), noCounts),
    resultsLength: entries.at(-1)?.results,
    append: (one) => write(`${JSON.stringify(one)}\n`),
    close: async () => {
      await file.sync();
      await file.close();
    },
    discard: async () => {
      await file.close();
      await rm(path, { force: true });
    },
  };
};

interface Found {
  readonly entries: readonly JournalEntry[];
  /** In bytes, of what is whole. */
  readonly length: number;
}

// A crash may have cut the last line off, so an entry counts only with its line end: without it, its rows are sent again.
const readEntries = async (path: string, { digest, wishes }: JournalBinding): Promise<Found> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [first, ...lines] = whole.split('\n');
  const found = z.safeParse(header, parse(first));
  if (!found.success || found.data.digest !== digest || found.data.wishes !== wishes) return { entries: [], length: 0 };
  const entries = lines.map((line) => z.safeParse(entry, parse(line)).data).filter((one) => one !== undefined);
  return { entries, length: Buffer.byteLength(whole) };
};

const parse = (line: string | undefined): unknown => {
  try {
    return JSON.parse(line ?? '');
  } catch {
    return undefined;
  }
};

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;

const openFile = async (path: string, keptLength: number): Promise<FileHandle> => {
  try {
    const file = await open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600);
    await file.truncate(keptLength);
    return file;
  } catch (cause) {
    throw new CommandError(
      `The journal ${path} cannot be written (${String(cause)}). The folder must be writable, and the journal no link.`,
      { cause },
    );
  }
};

// An entry that is lost with the machine's power costs a request that changes nothing; syncing each would cost all of them.
const boundedSync = (file: FileHandle) => {
  let syncedAt = performance.now();
  return async (line: string): Promise<void> => {
    await file.write(line);
    if (performance.now() - syncedAt < SYNC_EVERY_MS) return;
    syncedAt = performance.now();
    await file.datasync();
  };
};
