import type { Configuration } from '../../domain/configuration.ts';
import type { ImportCounts } from '../../domain/import-counts.ts';
import { devicesImportFinish } from '../../domain/operations/devices-import-finish.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { batchesOf, type Batch, type ReadRow } from './batches.ts';
import type { Pace } from './pace.ts';
import type { RowResult } from './result.ts';
import { type ImportDefaults, readRow, type RowContext } from './row.ts';
import { originOf, sendBatch } from './send.ts';
import type { Journal } from '../manifest/journal.ts';
import type { Manifest } from '../manifest/open-manifest.ts';
import type { ResultsFile } from '../manifest/results-file.ts';
import { addCounts, countsOf, noCounts } from '../manifest/row-counts.ts';

/** Batches that are sent or being written down; a medium slower than the other side must not make memory grow. */
const MAX_OPEN = 32;

export interface ImportWishes {
  readonly client: OperationsClient;
  readonly configuration: Configuration;
  /** Where the manifest lies. */
  readonly path: string;
  readonly manifest: Manifest;
  readonly defaults: ImportDefaults;
  /** Checks and compares, but writes nothing. */
  readonly isDryRun: boolean;
  readonly pace: Pace;
  /** Where it stands; none in a dry run. */
  readonly journal: Journal | undefined;
  readonly resultsFile: ResultsFile | undefined;
  /** Told of rows when they are done with; batches overtake one another. */
  readonly onResults: (results: readonly RowResult[]) => void;
  /** Once aborted, nothing more is begun; what is on the way is finished. */
  readonly signal: AbortSignal;
}

export interface ImportReport {
  /** The rows that are done, those of an earlier run included. */
  readonly counts: ImportCounts;
  readonly isComplete: boolean;
}

/** Enrolls the devices of a manifest. It may be run again: what is enrolled already stays as it is. */
export const importDevices = async (wishes: ImportWishes): Promise<ImportReport> => {
  const { manifest, pace, signal, client, isDryRun } = wishes;
  const books = openBooks(wishes);
  const tasks = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for await (const batch of batchesOf(toDo(wishes))) {
    await pace.ready();
    while (tasks.size >= MAX_OPEN) await Promise.race(tasks);
    if (signal.aborted || failures.length > 0) break;
    const task = pace
      .run(() => sendBatch(wishes, batch))
      .then((results) => books.enter(batch, results))
      .catch((error: unknown) => void failures.push(error))
      .finally(() => tasks.delete(task));
    tasks.add(task);
  }
  await Promise.all(tasks);
  if (failures.length > 0) throw failures[0];
  const counts = books.counts();
  const isComplete = counts.rows === manifest.rows;
  if (isComplete) await client.call(devicesImportFinish, { manifest: originOf(manifest, manifest.kid), counts }, { isDryRun });
  return { counts, isComplete };
};

async function* toDo({ manifest, journal, configuration, defaults, path }: ImportWishes): AsyncGenerator<ReadRow> {
  const context: RowContext = { configuration, defaults, manifest: path };
  for await (const row of manifest.read()) {
    if (journal?.done.has(row.row) === true) continue;
    yield { row: row.row, serial: row.fields['serial'] ?? '', kid: row.kid ?? manifest.kid, said: await readRow(row, context) };
  }
}

interface Books {
  enter(batch: Batch, results: readonly RowResult[]): Promise<void>;
  counts(): ImportCounts;
}

// One batch after the other: the journal says how long the file of results was, and both must tell of the same batches.
const openBooks = ({ journal, resultsFile, onResults }: ImportWishes): Books => {
  let counts = journal?.counts ?? noCounts;
  let turn: Promise<void> = Promise.resolve();
  const write = async ({ first, last }: Batch, results: readonly RowResult[]): Promise<void> => {
    const length = await resultsFile?.append(results);
    const entry = { first, last, counts: countsOf(results), ...(length === undefined ? {} : { results: length }) };
    await journal?.append(entry);
    counts = addCounts(counts, entry.counts);
    onResults(results);
  };
  return {
    enter: (batch, results) => (turn = turn.then(() => write(batch, results))),
    counts: () => counts,
  };
};
